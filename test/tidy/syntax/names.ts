// Uses of names that a source file does not declare itself.
import { isBuiltin } from 'node:module';
import {
  type BindingPattern,
  type BindingRestElement,
  type ImportDeclaration,
  type MemberExpression,
  type ParamPattern,
  type Program,
  Visitor,
  type VisitorObject,
} from 'oxc-parser';
import type { LineOf } from './syntax.ts';

export interface NameUse {
  readonly name: string;
  /** What is taken from it: by a dot, by a literal in brackets, or by destructuring. */
  readonly properties: readonly string[];
  /** True for `name()` and `new name()` without an argument. */
  readonly isCalledEmpty: boolean;
  readonly line: number;
}

/** Globals, and whatever was imported from a built-in module, at each place of use. */
export function namesOf(program: Program, lineOf: LineOf): NameUse[] {
  const notes: Notes = {
    declared: new Set(),
    notUses: new Set(),
    properties: new Map(),
    emptyCalls: new Set(),
  };
  const uses = new Map<number, string>(); // by offset: { a } is visited as key and as value
  new Visitor({
    ...declarations(notes),
    ...members(notes),
    ...calls(notes),
    Identifier({ name, start }) {
      if (!notes.notUses.has(start)) uses.set(start, name);
    },
  }).visit(program);
  return [...uses]
    .filter(([, name]) => !notes.declared.has(name))
    .map(([start, name]) => ({
      name,
      properties: notes.properties.get(start) ?? [],
      isCalledEmpty: notes.emptyCalls.has(start),
      line: lineOf(start),
    }));
}

// What is known about an identifier, by the offset at which it starts. A parent is visited before
// its children, so the notes are there when the identifier itself comes.
interface Notes {
  readonly declared: Set<string>;
  readonly notUses: Set<number>;
  readonly properties: Map<number, readonly string[]>;
  readonly emptyCalls: Set<number>;
}

type Bound = BindingPattern | BindingRestElement | ParamPattern;

function declarations(notes: Notes): VisitorObject {
  const bind = (...patterns: readonly (Bound | null)[]) => {
    for (const name of patterns.flatMap(namesIn)) notes.declared.add(name);
  };
  const bindParameters = ({ params }: { params: readonly ParamPattern[] }) => bind(...params);
  return {
    VariableDeclarator({ id, init }) {
      bind(id);
      if (init?.type === 'Identifier' && id.type === 'ObjectPattern') {
        notes.properties.set(init.start, id.properties.flatMap(keyOf));
      }
    },
    FunctionDeclaration: ({ id, params }) => bind(id, ...params),
    FunctionExpression: ({ id, params }) => bind(id, ...params),
    TSDeclareFunction: ({ id, params }) => bind(id, ...params),
    ArrowFunctionExpression: bindParameters,
    TSFunctionType: bindParameters,
    TSConstructorType: bindParameters,
    TSCallSignatureDeclaration: bindParameters,
    TSMethodSignature(node) {
      bindParameters(node);
      if (!node.computed) notes.notUses.add(node.key.start);
    },
    TSModuleDeclaration: ({ id }) => void notes.notUses.add(id.start),
    CatchClause: ({ param }) => bind(param),
    ClassDeclaration: ({ id }) => bind(id),
    ClassExpression: ({ id }) => bind(id),
    ImportDeclaration: (node) => bindImports(node, notes),
  };
}

function namesIn(pattern: Bound | null): string[] {
  switch (pattern?.type) {
    case 'Identifier':
      return [pattern.name];
    case 'ObjectPattern':
      return pattern.properties.flatMap((property) =>
        namesIn(property.type === 'Property' ? property.value : property),
      );
    case 'ArrayPattern':
      return pattern.elements.flatMap(namesIn);
    case 'AssignmentPattern':
      return namesIn(pattern.left);
    case 'RestElement':
      return namesIn(pattern.argument);
    case 'TSParameterProperty':
      return namesIn(pattern.parameter);
    default:
      return [];
  }
}

// What a built-in module gives is the outside world under another name, so it stays undeclared.
function bindImports({ source, specifiers }: ImportDeclaration, notes: Notes): void {
  for (const specifier of specifiers) {
    notes.notUses.add(specifier.local.start);
    if (specifier.type === 'ImportSpecifier') notes.notUses.add(specifier.imported.start);
    if (!isBuiltin(source.value)) notes.declared.add(specifier.local.name);
  }
}

// Names of members and keys are no uses of a variable of that name.
function members(notes: Notes): VisitorObject {
  const key = (node: { computed: boolean; key: { start: number } }) => {
    if (!node.computed) notes.notUses.add(node.key.start);
  };
  return {
    MemberExpression(member) {
      if (!member.computed) notes.notUses.add(member.property.start);
      if (member.object.type === 'Identifier') {
        notes.properties.set(member.object.start, memberName(member));
      }
    },
    Property(property) {
      if (!property.shorthand) key(property);
    },
    MethodDefinition: key,
    PropertyDefinition: key,
    AccessorProperty: key,
    TSPropertySignature: key,
    TSAbstractMethodDefinition: key,
    TSAbstractPropertyDefinition: key,
    TSQualifiedName: ({ right }) => void notes.notUses.add(right.start),
    TSNamedTupleMember: ({ label }) => void notes.notUses.add(label.start),
  };
}

function memberName({ computed, property }: MemberExpression): string[] {
  if (!computed) return 'name' in property ? [property.name] : [];
  return property.type === 'Literal' ? [String(property.value)] : [];
}

function keyOf(property: Extract<Bound, { type: 'ObjectPattern' }>['properties'][number]) {
  if (property.type !== 'Property' || property.computed) return [];
  return property.key.type === 'Identifier' ? [property.key.name] : [];
}

function calls(notes: Notes): VisitorObject {
  const note = (call: { callee: { type: string; start: number }; arguments: unknown[] }) => {
    if (call.arguments.length === 0) notes.emptyCalls.add(call.callee.start);
  };
  return { CallExpression: note, NewExpression: note };
}
