// Wall: a catalogue query is one statement, lower case, with qualified relations and named columns.
import type { SqlToken } from '../syntax/sql-tokens.ts';
import type { SqlFile } from '../tree.ts';
import type { Violation, Wall } from '../wall.ts';
import { relationsOf } from './sql-relations.ts';

export const catalogSqlWall: Wall = {
  title: 'catalogue queries are single, lower case and qualified, with named columns',
  find: ({ sql }) =>
    sql.filter(({ path }) => /^src\/catalog\/(?:checks|probes)\//.test(path)).flatMap(findInFile),
};

function findInFile({ path, tokens }: SqlFile): Violation[] {
  const code = tokens.filter(({ kind }) => kind !== 'comment');
  const faults = [...statements(code), ...upperCase(code), ...stars(code), ...relations(code)];
  return faults.map((fault) => ({ path, ...fault }));
}

type Fault = Omit<Violation, 'path'>;

function statements(code: readonly SqlToken[]): Fault[] {
  const remedy = 'a query file holds one statement';
  const first = code[0];
  if (first === undefined || first.text === ';') {
    return [{ line: 1, problem: 'no statement', remedy }];
  }
  const end = code.findIndex(({ text }) => text === ';');
  const second = end === -1 ? undefined : code.slice(end).find(({ text }) => text !== ';');
  if (second === undefined) return [];
  return [{ line: second.line, problem: 'a second statement', remedy }];
}

// PostgreSQL folds an unquoted name to lower case, so an upper-case letter never means anything.
function upperCase(code: readonly SqlToken[]): Fault[] {
  return code
    .filter(({ kind, text }) => kind === 'word' && text !== text.toLowerCase())
    .map(({ line, text }) => ({
      line,
      problem: `${text} in upper case`,
      remedy: `write ${text.toLowerCase()}`,
    }));
}

// A star that ends a column is a list of columns; one with an operand after it multiplies, and one
// in a parenthesis without a select is count(*). The columns of a subquery, or of a name that the
// query defines, are written out there, so that a qualified star of it leaves nothing open.
function stars(code: readonly SqlToken[]): Fault[] {
  const read = relationsOf(code);
  const levels = [{ scope: -1, isQuery: false }];
  return code.flatMap(({ text, kind, line }, index) => {
    if (text === '(') levels.push({ scope: index, isQuery: false });
    if (text === ')') levels.pop();
    const level = levels.at(-1);
    if (level === undefined) return [];
    if (kind === 'word' && text.toLowerCase() === 'select') level.isQuery = true;
    if (text !== '*' || kind !== 'symbol' || !level.isQuery || !ends(code[index + 1])) return [];
    const of = code[index - 1]?.text === '.' ? code[index - 2]?.text : undefined;
    const isOpen = read.some(({ alias, scope }) => alias === of && scope === level.scope);
    if (of !== undefined && !isOpen) return [];
    return [{ line, problem: 'select *', remedy: 'name the columns' }];
  });
}

const afterColumns = /^(?:from|where|group|having|order|limit|union|except|intersect|[,);])$/i;

function ends(token: SqlToken | undefined): boolean {
  return token === undefined || (token.kind !== 'quoted' && afterColumns.test(token.text));
}

const schemas = new Set(['pg_catalog', 'information_schema']);

function relations(code: readonly SqlToken[]): Fault[] {
  return relationsOf(code).flatMap(({ schema, name, line }) => {
    if (schema !== undefined && (schemas.has(schema) || schema.startsWith('@extschema:')))
      return [];
    return [
      {
        line,
        problem: `relation ${schema === undefined ? name : `${schema}.${name}`}`,
        remedy: 'qualify it with pg_catalog, information_schema or @extschema:extension@',
      },
    ];
  });
}
