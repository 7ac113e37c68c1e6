// Reads pg_node_tree, the text PostgreSQL keeps of a parsed expression, into a plain tree.

/** `{LABEL :field value …}`. Labels and fields are those of the server's nodes/*.h. */
export interface TreeNode {
  readonly label: string;
  readonly fields: ReadonlyMap<string, TreeValue>;
}

/** A word, null for `<>`, the bytes of a datum, a node, or a list of these. */
export type TreeValue = string | null | Datum | TreeNode | readonly TreeValue[];

export interface Datum {
  readonly bytes: readonly number[];
}

// Until 15 some labels were shorter than the names of their node types.
const renamed: Readonly<Record<string, string>> = {
  ARRAY: 'ARRAYEXPR',
  CASE: 'CASEEXPR',
  COALESCE: 'COALESCEEXPR',
  ROW: 'ROWEXPR',
  RTE: 'RANGETBLENTRY',
  WHEN: 'CASEWHEN',
};

const depth_limit = 500;

/**
 * The tree, with the labels of 16 and newer; undefined where the text is not one whole node or is
 * nested deeper than any person writes.
 */
export function parseNodeTree(text: string): TreeNode | undefined {
  // As pg_strtok: brackets stand alone, a backslash takes the meaning from the next character.
  const words = text.match(/[(){}]|(?:\\[\s\S]|[^\s(){}\\])+/g) ?? [];
  const reader = { words, position: 0, depth: 0 };
  try {
    const value = readValue(reader);
    return reader.position === words.length && isNode(value) ? value : undefined;
  } catch (thrown) {
    if (thrown instanceof UnknownGrammar) return undefined;
    throw thrown;
  }
}

// A newer server may write what this reader does not know: that is an answer, not a fault.
class UnknownGrammar extends Error {}

interface Reader {
  readonly words: readonly string[];
  position: number;
  depth: number;
}

function take(reader: Reader): string {
  const word = reader.words[reader.position];
  if (word === undefined) throw new UnknownGrammar();
  reader.position += 1;
  return word;
}

function readValue(reader: Reader): TreeValue {
  const word = take(reader);
  if (word === '{') return readNode(reader);
  if (word === '(') return readList(reader);
  if (word === ')' || word === '}') throw new UnknownGrammar();
  if (word === '<>') return null;
  return word.replace(/\\([\s\S])/g, '$1');
}

function readNode(reader: Reader): TreeNode {
  if (reader.depth === depth_limit) throw new UnknownGrammar();
  reader.depth += 1;
  const label = take(reader);
  const fields = new Map<string, TreeValue>();
  for (let word = take(reader); word !== '}'; word = take(reader)) {
    if (!word.startsWith(':')) throw new UnknownGrammar();
    // The word after a field is always its value: an alias may begin with a colon too.
    const value = readValue(reader);
    fields.set(word.slice(1), reader.words[reader.position] === '[' ? readDatum(reader) : value);
  }
  reader.depth -= 1;
  return { label: renamed[label] ?? label, fields };
}

// A datum is its length and its bytes, which some processors print with a sign: `2 [ -61 10 ]`.
function readDatum(reader: Reader): Datum {
  const bytes: number[] = [];
  take(reader);
  for (let word = take(reader); word !== ']'; word = take(reader)) bytes.push(Number(word) & 0xff);
  return { bytes };
}

function readList(reader: Reader): readonly TreeValue[] {
  const values: TreeValue[] = [];
  while (reader.words[reader.position] !== ')') values.push(readValue(reader));
  take(reader);
  return values;
}

export function isNode(value: TreeValue | undefined): value is TreeNode {
  return typeof value === 'object' && value !== null && 'label' in value;
}

/** The field as a node; undefined where it is absent, empty or something else. */
export function childOf(node: TreeNode, field: string): TreeNode | undefined {
  const value = node.fields.get(field);
  return isNode(value) ? value : undefined;
}

/** The nodes in a list field; empty where it is absent. */
export function childrenOf(node: TreeNode, field = 'args'): readonly TreeNode[] {
  const value = node.fields.get(field);
  return Array.isArray(value) ? value.filter(isNode) : [];
}

/** The field as the word that was written; empty where it is no word. */
export function wordOf(node: TreeNode, field: string): string {
  const value = node.fields.get(field);
  return typeof value === 'string' ? value : '';
}

/** Every node directly below, whatever its field. */
export function descend(node: TreeNode): readonly TreeNode[] {
  return [...node.fields.values()].flatMap(nodesIn);
}

function nodesIn(value: TreeValue): readonly TreeNode[] {
  if (isNode(value)) return [value];
  return Array.isArray(value) ? value.flatMap(nodesIn) : [];
}

/** The node itself and all below it. */
export function everyNode(node: TreeNode): readonly TreeNode[] {
  return [node, ...descend(node).flatMap(everyNode)];
}

/** True where both were written alike; where they stood in the statement does not count. */
export function isSameTree(one: TreeValue | undefined, other: TreeValue | undefined): boolean {
  return JSON.stringify(plain(one)) === JSON.stringify(plain(other));
}

function plain(value: TreeValue | undefined): unknown {
  if (Array.isArray(value)) return value.map(plain);
  if (!isNode(value)) return value;
  const fields = [...value.fields].filter(([name]) => name !== 'location');
  return [value.label, fields.map(([name, inner]) => [name, plain(inner)])];
}

/** The text of a constant of a text type; undefined where it is null or of another type. */
export function textOf(node: TreeNode | undefined): string | undefined {
  if (node?.label !== 'CONST' || wordOf(node, 'constlen') !== '-1') return undefined;
  const value = node.fields.get('constvalue');
  if (typeof value !== 'object' || value === null || !('bytes' in value)) return undefined;
  // A varlena of the parser begins with its length, four bytes.
  return new TextDecoder().decode(Uint8Array.from(value.bytes.slice(4)));
}

/** The value of a boolean constant; null for a null one, undefined for anything else. */
export function booleanOf(node: TreeNode): boolean | null | undefined {
  if (node.label !== 'CONST' || wordOf(node, 'consttype') !== '16') return undefined;
  const value = node.fields.get('constvalue');
  if (value === null) return null;
  const bytes = typeof value === 'object' && 'bytes' in value ? value.bytes : [];
  return bytes.some((byte) => byte !== 0);
}
