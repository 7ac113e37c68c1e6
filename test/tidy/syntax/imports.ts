// Every way in which a source file reaches for another module.
import { type CallExpression, type Expression, type Program, Visitor } from 'oxc-parser';
import type { LineOf } from './syntax.ts';

export interface Import {
  readonly form:
    | 'import'
    | 'import type'
    | 'export from'
    | 'export type from'
    | 'import()'
    | 'type import()'
    | 'import require'
    | 'require'
    | 'createRequire'
    | 'import.meta.resolve'
    | '/// reference';
  /** Undefined where it is computed, so that nobody can tell what is imported. */
  readonly specifier: string | undefined;
  /** True where nothing of it is left when the types are erased. */
  readonly isTypeOnly: boolean;
  readonly names: readonly ImportedName[];
  readonly line: number;
}

export interface ImportedName {
  /** "default" and "*" for the default export and the namespace. */
  readonly imported: string;
  readonly local: string;
}

export function importsOf(program: Program, lineOf: LineOf): Import[] {
  const found: Import[] = [];
  const add = (form: Import['form'], at: number, more: Partial<Import>) =>
    found.push({
      form,
      line: lineOf(at),
      specifier: undefined,
      isTypeOnly: form.includes('type'),
      names: [],
      ...more,
    });
  new Visitor({
    ImportDeclaration({ importKind, source, specifiers, start }) {
      const names = specifiers.map(importedName);
      add(importKind === 'type' ? 'import type' : 'import', start, {
        specifier: source.value,
        names,
      });
      if (names.some(({ imported }) => imported === 'createRequire'))
        add('createRequire', start, {});
    },
    ExportNamedDeclaration({ exportKind, source, start }) {
      const form = exportKind === 'type' ? 'export type from' : 'export from';
      if (source !== null) add(form, start, { specifier: source.value });
    },
    ExportAllDeclaration({ exportKind, source, start }) {
      const form = exportKind === 'type' ? 'export type from' : 'export from';
      add(form, start, { specifier: source.value });
    },
    ImportExpression({ source, start }) {
      add('import()', start, { specifier: literal(source) });
    },
    TSImportType({ source, start }) {
      add('type import()', start, { specifier: source.value });
    },
    TSImportEqualsDeclaration({ moduleReference, start }) {
      if (moduleReference.type !== 'TSExternalModuleReference') return;
      add('import require', start, { specifier: moduleReference.expression.value });
    },
    MemberExpression({ property, start }) {
      if (property.type === 'Identifier' && property.name === 'createRequire') {
        add('createRequire', start, {});
      }
    },
    CallExpression(call) {
      if (isRequire(call.callee)) add('require', call.start, { specifier: argument(call) });
      // Resolving gives an address and loads nothing, so a computed one is no import.
      if (isMetaResolve(call.callee) && argument(call) !== undefined) {
        add('import.meta.resolve', call.start, { specifier: argument(call) });
      }
    },
  }).visit(program);
  return found;
}

type Specifier = Extract<
  Program['body'][number],
  { type: 'ImportDeclaration' }
>['specifiers'][number];

function importedName(specifier: Specifier): ImportedName {
  const local = specifier.local.name;
  if (specifier.type === 'ImportDefaultSpecifier') return { imported: 'default', local };
  if (specifier.type === 'ImportNamespaceSpecifier') return { imported: '*', local };
  const { imported } = specifier;
  return { imported: imported.type === 'Literal' ? imported.value : imported.name, local };
}

// require(…) and require.resolve(…)
function isRequire(callee: Expression): boolean {
  if (callee.type === 'MemberExpression') return isRequire(callee.object);
  return callee.type === 'Identifier' && callee.name === 'require';
}

function isMetaResolve(callee: Expression): boolean {
  return (
    callee.type === 'MemberExpression' &&
    callee.object.type === 'MetaProperty' &&
    callee.property.type === 'Identifier' &&
    callee.property.name === 'resolve'
  );
}

function argument(call: CallExpression): string | undefined {
  const [first] = call.arguments;
  return first === undefined || first.type === 'SpreadElement' ? undefined : literal(first);
}

/** The text of a string, or of a template without a hole. */
export function literal(expression: Expression): string | undefined {
  if (expression.type === 'Literal' && typeof expression.value === 'string') {
    return expression.value;
  }
  if (expression.type !== 'TemplateLiteral' || expression.expressions.length > 0) return undefined;
  return expression.quasis[0]?.value.cooked ?? undefined;
}
