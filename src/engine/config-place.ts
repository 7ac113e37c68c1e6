// Where in pgrunbook.yaml a problem lies: file, line and column before its message.
import { type Document, isAlias, isScalar, type LineCounter, visit } from 'yaml';

export interface Problem {
  /** Keys from the top, as in ["targets", "prod", "connection"]. */
  readonly path: readonly string[];
  readonly message: string;
  /** True where the key is at fault and not its value. */
  readonly on_key?: boolean;
}

export interface Place {
  readonly document: Document;
  readonly lines: LineCounter;
  readonly file: string;
}

export function locate(problems: readonly Problem[], place: Place): readonly string[] {
  return problems.map((problem) =>
    placeAt(offsetOf(place.document, problem), problem.message, place),
  );
}

/** One line of a message: x.yaml:3:5: unknown key conection. */
export function placeAt(
  offset: number,
  message: string,
  { lines, file }: Omit<Place, 'document'>,
): string {
  const { line, col } = lines.linePos(offset);
  return `${file}:${line}:${col}: ${message}`;
}

/** The alias that keeps the document from being a value; what it says may be a secret. */
export function aliasProblem(place: Place): string {
  const anchorless: number[] = [];
  visit(place.document, (_, node) => {
    if (isAlias(node) && node.resolve(place.document) === undefined) {
      anchorless.push(node.range?.[0] ?? 0);
    }
  });
  const [offset] = anchorless;
  return offset === undefined
    ? placeAt(0, 'its aliases (*NAME) stand for too much to be read', place)
    : placeAt(offset, 'no anchor before this alias (*NAME) has its name; quote a text', place);
}

function offsetOf(document: Document, { path, on_key }: Problem): number {
  const key = path.at(-1);
  const parent = document.getIn(path.slice(0, -1), true);
  if (on_key && hasItems(parent)) {
    const pair = parent.items.find((item) => isScalar(item.key) && String(item.key.value) === key);
    return pair?.key.range?.[0] ?? 0;
  }
  const node = document.getIn(path, true);
  const isNode = typeof node === 'object' && node !== null && 'range' in node;
  if (isNode && Array.isArray(node.range)) return Number(node.range[0]);
  // What an alias stands for lies elsewhere: the alias itself is the place.
  return path.length === 0 ? 0 : offsetOf(document, { path: path.slice(0, -1), message: '' });
}

interface Keyed {
  readonly items: readonly { readonly key: { range?: readonly number[] } }[];
}

function hasItems(node: unknown): node is Keyed {
  return typeof node === 'object' && node !== null && 'items' in node;
}
