// Constructs that the walls ask about, where a source file has them.
import { type CallExpression, type Class, type Program, type TSType, Visitor } from 'oxc-parser';
import { literal } from './imports.ts';
import { leftOut } from './node-test-calls.ts';
import type { LineOf } from './syntax.ts';

export interface Construct {
  readonly kind:
    | 'enum'
    | 'namespace'
    | 'any'
    | 'debugger'
    | 'default export'
    | 'class'
    | 'left-out test'
    | 'test'
    | 'probe';
  /** Of the class, or of the shared probe; "only", "skip" or "todo" of a test. */
  readonly name?: string;
  readonly line: number;
}

export function constructsOf(program: Program, lineOf: LineOf): Construct[] {
  const found: Construct[] = [];
  const add = (kind: Construct['kind'], { start }: { start: number }, name?: string) =>
    found.push({ kind, line: lineOf(start), ...(name !== undefined && { name }) });
  const addCast = (node: { start: number; typeAnnotation: TSType }) => {
    if (node.typeAnnotation.type === 'TSAnyKeyword') add('any', node);
  };
  const addClass = (node: Class) => add('class', node, node.id?.name ?? '');
  new Visitor({
    TSEnumDeclaration: (node) => add('enum', node),
    TSModuleDeclaration(node) {
      if (node.kind === 'namespace') add('namespace', node);
    },
    TSAsExpression: addCast,
    TSTypeAssertion: addCast,
    DebuggerStatement: (node) => add('debugger', node),
    ExportDefaultDeclaration: (node) => add('default export', node),
    ExportSpecifier(node) {
      const { exported } = node;
      const name = exported.type === 'Literal' ? exported.value : exported.name;
      if (name === 'default') add('default export', node);
    },
    ClassDeclaration: addClass,
    ClassExpression: addClass,
    CallExpression(call) {
      const omission = leftOut(call);
      if (omission !== undefined) add('left-out test', call, omission);
      const probe = probeOf(call);
      if (probe !== undefined) add('probe', call, probe);
    },
  }).visit(program);
  return [...found, ...topLevelTests(program, lineOf)];
}

// defineCheck({ probe: 'the shared probe', … })
function probeOf({ callee, arguments: [definition] }: CallExpression): string | undefined {
  if (callee.type !== 'Identifier' || callee.name !== 'defineCheck') return undefined;
  if (definition?.type !== 'ObjectExpression') return undefined;
  return definition.properties
    .filter((property) => property.type === 'Property')
    .filter(({ key }) => key.type === 'Identifier' && key.name === 'probe')
    .map(({ value }) => literal(value))
    .at(0);
}

// A file that calls test() while it is loaded is a test; one that does so in a function is not.
function topLevelTests(program: Program, lineOf: LineOf): Construct[] {
  return program.body.flatMap((statement) => {
    if (statement.type !== 'ExpressionStatement') return [];
    const { expression, start } = statement;
    const call = expression.type === 'AwaitExpression' ? expression.argument : expression;
    if (call.type !== 'CallExpression' || call.callee.type !== 'Identifier') return [];
    return /^(?:test|it|describe|suite)$/.test(call.callee.name)
      ? [{ kind: 'test' as const, line: lineOf(start) }] // keeps the literal type
      : [];
  });
}
