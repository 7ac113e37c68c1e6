// Every key of pgrunbook.yaml with its kind and meaning, read off the schema that validates it.
import { ConfigSchema } from './config-schema.ts';

export interface ConfigKey {
  /** From the top: `targets.NAME.baselines.pools[].size`. */
  readonly key: string;
  /** "string", "list of object", "auto or approve", with the default where there is one. */
  readonly kind: string;
  readonly is_required: boolean;
  readonly meaning: string;
}

interface Node {
  readonly type?: string;
  readonly description?: string;
  readonly const?: string;
  readonly default?: unknown;
  readonly properties?: Readonly<Record<string, Node>>;
  readonly patternProperties?: Readonly<Record<string, Node>>;
  readonly items?: Node;
  readonly anyOf?: readonly Node[];
  readonly required?: readonly string[];
}

export function configKeys(): readonly ConfigKey[] {
  return keysBelow('', ConfigSchema as unknown as Node); // a schema is plain data of this shape
}

function keysBelow(path: string, node: Node): readonly ConfigKey[] {
  const properties = Object.entries(node.properties ?? {});
  const named = Object.values(node.patternProperties ?? {}).map(
    (child) => ['NAME', child] as const,
  );
  return [...properties, ...named].flatMap(([name, child]) => {
    const key = path === '' ? name : `${path}.${name}`;
    const inner = child.items ?? child;
    const here: ConfigKey = {
      key,
      kind: kindOf(child),
      is_required: node.required?.includes(name) === true,
      meaning: child.description ?? inner.description ?? '',
    };
    return [here, ...keysBelow(child.items ? `${key}[]` : key, inner)];
  });
}

function kindOf(node: Node): string {
  if (node.anyOf) return node.anyOf.map((one) => one.const).join(' or ');
  if (node.items) return `list of ${kindOf(node.items)}`;
  const usual = node.default === undefined ? '' : `, default ${String(node.default)}`;
  return `${node.type ?? 'any'}${usual}`;
}
