// The functions of a source file, with their lengths and numbers of parameters.
import {
  type Argument,
  type ArrowFunctionExpression,
  type CallExpression,
  type Function as FunctionNode,
  type ParamPattern,
  type Program,
  Visitor,
} from 'oxc-parser';
import { isTestCall } from './node-test-calls.ts';
import type { LineOf } from './syntax.ts';

export interface FunctionShape {
  readonly line: number;
  /** Lines between the braces; lines of the expression where there are none. */
  readonly lines: number;
  readonly parameters: number;
  /** True for what is handed to test(), describe() and their like. */
  readonly isTest: boolean;
}

export function functionsOf(program: Program, lineOf: LineOf): FunctionShape[] {
  const found: FunctionShape[] = [];
  const tests = new Set<number>();
  const add = (node: Signature) =>
    found.push({
      line: lineOf(node.start),
      lines: node.body === undefined ? 0 : bodyLines(node.body, lineOf),
      parameters: node.params.filter((parameter) => !isThis(parameter)).length,
      isTest: tests.has(node.start),
    });
  const addSignature = ({ start, params }: Signature) => add({ start, params });
  new Visitor({
    CallExpression(call: CallExpression) {
      if (!isTestCall(call)) return;
      for (const { start } of call.arguments.filter(isFunction)) tests.add(start);
    },
    FunctionDeclaration: add,
    FunctionExpression: add,
    ArrowFunctionExpression: add,
    TSDeclareFunction: add,
    TSEmptyBodyFunctionExpression: add,
    TSMethodSignature: addSignature,
    TSCallSignatureDeclaration: addSignature,
    TSConstructSignatureDeclaration: addSignature,
    TSFunctionType: addSignature,
    TSConstructorType: addSignature,
  }).visit(program);
  return found;
}

interface Signature {
  readonly start: number;
  readonly params: readonly ParamPattern[];
  readonly body?: FunctionNode['body'] | ArrowFunctionExpression['body'];
}

function bodyLines(body: NonNullable<Signature['body']> | null, lineOf: LineOf): number {
  if (body === null) return 0;
  const lines = lineOf(body.end) - lineOf(body.start) + 1;
  return body.type === 'BlockStatement' && lines > 2 ? lines - 2 : lines;
}

function isThis(parameter: ParamPattern): boolean {
  return parameter.type === 'Identifier' && parameter.name === 'this';
}

function isFunction(argument: Argument): boolean {
  return argument.type === 'ArrowFunctionExpression' || argument.type === 'FunctionExpression';
}
