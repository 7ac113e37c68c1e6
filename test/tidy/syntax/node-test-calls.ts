// Calls of node:test, and those among them that leave a test out without saying why.
import type { Argument, CallExpression, Expression } from 'oxc-parser';
import { literal } from './imports.ts';

const testFunctions = new Set(['test', 'it', 'describe', 'suite']);

/** test(…), it.skip(…), t.test(…). */
export function isTestCall({ callee }: CallExpression): boolean {
  const name = rootName(callee);
  if (name !== undefined && testFunctions.has(name)) return true;
  return callee.type === 'MemberExpression' && propertyName(callee) === 'test';
}

/** What a call leaves out without a reason: "only", "skip" or "todo"; undefined for most calls. */
export function leftOut(call: CallExpression): string | undefined {
  const { callee } = call;
  if (callee.type === 'MemberExpression') {
    const property = propertyName(callee);
    if (property !== undefined && isOmission(property)) {
      if (isTestCall(call)) return property;
      if (isContext(callee.object) && !call.arguments.some(isReason)) return property;
    }
  }
  return isTestCall(call) ? call.arguments.map(omissionIn).find(Boolean) : undefined;
}

function isOmission(name: string): boolean {
  return name === 'only' || name === 'skip' || name === 'todo';
}

// The context that a test is given is called t by custom, or by its whole name.
function isContext(expression: Expression): boolean {
  return expression.type === 'Identifier' && /^(?:t|context|testContext)$/.test(expression.name);
}

function isReason(argument: Argument): boolean {
  return argument.type !== 'SpreadElement' && literal(argument) !== undefined;
}

// { skip: 'no such server here' } and { skip: isMissing && 'why' } carry a reason.
function omissionIn(argument: Argument): string | undefined {
  if (argument.type !== 'ObjectExpression') return undefined;
  for (const property of argument.properties) {
    if (property.type !== 'Property' || property.key.type !== 'Identifier') continue;
    const { name } = property.key;
    if (isOmission(name) && (name === 'only' || isBareTruth(property.value))) return name;
  }
  return undefined;
}

function isBareTruth(value: Expression): boolean {
  if (value.type === 'Literal') return value.value === true;
  return value.type === 'UnaryExpression' || value.type === 'BinaryExpression';
}

function rootName(callee: Expression): string | undefined {
  if (callee.type === 'MemberExpression') return rootName(callee.object);
  return callee.type === 'Identifier' ? callee.name : undefined;
}

function propertyName(member: Extract<Expression, { type: 'MemberExpression' }>) {
  if (member.property.type === 'Identifier' && !member.computed) return member.property.name;
  return undefined;
}
