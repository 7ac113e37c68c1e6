// The relations that a query reads: items of its from and join clauses, but for those it defines.
import type { SqlToken } from '../syntax/sql-tokens.ts';

export interface Relation {
  /** Undefined where the name is not qualified. */
  readonly schema: string | undefined;
  readonly name: string;
  /** What the query calls it; its own name where it has no other. */
  readonly alias: string;
  /** Index of the parenthesis that the query stands in; -1 outside of any. */
  readonly scope: number;
  readonly line: number;
}

/** Functions, subqueries and the names that a with clause defines are left out. */
export function relationsOf(code: readonly SqlToken[]): Relation[] {
  const defined = namesOfWith(code);
  const found: Relation[] = [];
  const levels: Level[] = [{ scope: -1, isQuery: false, isFrom: false, expectsItem: false }];
  for (let at = 0; at < code.length; at += 1) {
    const level = levels.at(-1);
    if (level === undefined) return found; // more parentheses closed than opened
    const item = level.expectsItem ? itemAt(code, at) : undefined;
    if (item !== undefined) {
      if (item.relation !== undefined) found.push({ ...item.relation, scope: level.scope });
      level.expectsItem = false;
      at = item.last;
    } else {
      step(levels, code, at);
    }
  }
  return found.filter(({ schema, name }) => schema !== undefined || !defined.has(name));
}

/** What is known of one depth of parentheses. */
interface Level {
  readonly scope: number;
  /** A select was seen, so a `from` begins a clause and is no part of extract(… from …). */
  isQuery: boolean;
  isFrom: boolean;
  /** The next name is a relation. */
  expectsItem: boolean;
}

const ends = /^(?:where|group|having|window|order|limit|offset|fetch|for|union|except|intersect)$/;

function step(levels: Level[], code: readonly SqlToken[], at: number): void {
  const level = levels.at(-1);
  const word = code[at - 1]?.text === '.' ? '' : wordAt(code, at); // a.values is a column
  const symbol = code[at]?.kind === 'symbol' ? code[at].text : '';
  if (level === undefined) return;
  if (symbol === '(') {
    // A parenthesis where an item is expected holds a subquery or a join of further items.
    const { expectsItem } = level;
    levels.push({ scope: at, isQuery: false, isFrom: expectsItem, expectsItem });
    level.expectsItem = false;
  } else if (symbol === ')') {
    levels.pop();
  } else if (word === 'select' || word === 'values') {
    Object.assign(level, { isQuery: true, isFrom: false, expectsItem: false });
  } else if (ends.test(word)) {
    level.isFrom = false;
  } else if (word === 'from') {
    level.isFrom = level.isQuery && wordAt(code, at - 1) !== 'distinct';
    level.expectsItem = level.isFrom;
  } else if (word === 'join' || symbol === ',') {
    level.expectsItem = level.isFrom;
  }
}

interface Item {
  /** Undefined for a function. */
  readonly relation: Omit<Relation, 'scope'> | undefined;
  /** Index of the item's last token that was read. */
  readonly last: number;
}

function itemAt(code: readonly SqlToken[], at: number): Item | undefined {
  const first = code[at];
  if (first === undefined || !isName(first) || isBeforeItem(wordAt(code, at))) return undefined;
  const isQualified = code[at + 1]?.text === '.' && code[at + 1]?.kind === 'symbol';
  const last = isQualified ? at + 2 : at;
  if (code[last + 1]?.text === '(') return { relation: undefined, last };
  const name = nameOf(code[last]);
  const schema = isQualified ? nameOf(first) : undefined;
  const after = wordAt(code, last + 1) === 'as' ? code[last + 2] : code[last + 1];
  // A keyword after the name is taken for an alias too, which no query can then use as one.
  const alias = after !== undefined && isName(after) ? nameOf(after) : name;
  return { relation: { schema, name, alias, line: first.line }, last };
}

function isName({ kind }: SqlToken): boolean {
  return kind === 'word' || kind === 'quoted' || kind === 'placeholder';
}

function isBeforeItem(word: string): boolean {
  return ['only', 'lateral', 'rows', 'from', 'select', 'values', 'with'].includes(word);
}

// with a as (…), b (column, …) as not materialized (…)
function namesOfWith(code: readonly SqlToken[]): ReadonlySet<string> {
  const names = new Set<string>();
  for (const [at, token] of code.entries()) {
    const before = wordAt(code, at - 1);
    const follows = before === 'with' || before === 'recursive' || code[at - 1]?.text === ',';
    if (follows && isName(token) && isDefined(code, at + 1)) names.add(nameOf(token));
  }
  return names;
}

function isDefined(code: readonly SqlToken[], at: number): boolean {
  let next = code[at]?.text === '(' ? closing(code, at) + 1 : at;
  if (wordAt(code, next) !== 'as') return false;
  next += 1;
  if (wordAt(code, next) === 'not') next += 1;
  if (wordAt(code, next) === 'materialized') next += 1;
  return code[next]?.text === '(';
}

function closing(code: readonly SqlToken[], open: number): number {
  let depth = 0;
  for (let at = open; at < code.length; at += 1) {
    if (code[at]?.text === '(') depth += 1;
    if (code[at]?.text === ')') depth -= 1;
    if (depth === 0) return at;
  }
  return code.length;
}

function wordAt(code: readonly SqlToken[], at: number): string {
  const token = code[at];
  return token?.kind === 'word' ? token.text.toLowerCase() : '';
}

function nameOf(token: SqlToken | undefined): string {
  return (token?.kind === 'word' ? token.text.toLowerCase() : token?.text) ?? '';
}
