// Wall: who may import whom.
import { posix } from 'node:path';
import type { Import } from '../syntax/imports.ts';
import { type CodeFile, isTest } from '../tree.ts';
import type { Violation, Wall } from '../wall.ts';

export const layersWall: Wall = {
  title: 'each layer imports only the layers below it',
  find: ({ code, workspaces }) => [...code, ...workspaces].flatMap(findInFile),
};

type Layer = keyof typeof mayImport | 'test' | 'unknown';

const mayImport = {
  kernel: ['kernel'],
  catalog: ['kernel', 'catalog'],
  engine: ['kernel', 'engine'],
  adapters: ['kernel', 'adapters'],
  faces: ['kernel', 'engine', 'faces'],
  'load-catalog': ['kernel', 'catalog'],
  main: ['kernel', 'catalog', 'engine', 'adapters', 'faces', 'load-catalog', 'examples'],
  examples: ['examples'],
  client: ['client'],
  console: ['console'],
} as const;

// Folders that every neighbour within their layer may import, each with its reason.
const sharedFolders: Readonly<Record<string, string>> = {
  'src/catalog/probes': 'queries that two or more units read',
};

// They read folders whose names are known only when they run, or join what the layers keep apart.
const mayImportComputed = ['src/load-catalog.ts', 'src/main.ts'];

// They examine or make the product from outside: they may import everything, and nothing them.
const testFolders = ['test', 'bench', 'scripts'];

/** A place in the house: the layer, and the room in it that neighbours do not enter. */
interface Place {
  readonly layer: Layer;
  readonly room: string;
}

function placeOf(path: string): Place {
  const [top = '', layer = '', group = '', unit = ''] = path.split('/');
  if (isTest(path) || testFolders.includes(top)) return { layer: 'test', room: '' };
  if (top === 'examples' || top === 'client' || top === 'console') return { layer: top, room: top };
  if (path === 'src/main.ts') return { layer: 'main', room: path };
  if (path === 'src/load-catalog.ts') return { layer: 'load-catalog', room: path };
  if (top !== 'src') return { layer: 'unknown', room: path };
  switch (layer) {
    case 'kernel':
    case 'engine':
      return { layer, room: layer };
    case 'adapters':
    case 'faces':
      return { layer, room: `src/${layer}/${group}` };
    case 'catalog':
      return {
        layer,
        room: group === 'probes' ? 'src/catalog/probes' : `src/catalog/${group}/${unit}`,
      };
    default:
      return { layer: 'unknown', room: path };
  }
}

function findInFile(file: CodeFile): Violation[] {
  const from = placeOf(file.path);
  if (from.layer === 'test') return [];
  if (from.layer === 'unknown') {
    const problem = 'src has no layer of this name';
    return [{ path: file.path, line: 1, problem, remedy: 'move the file into a layer' }];
  }
  return file.syntax.imports.flatMap((edge) => {
    const fault = faultOf(edge, file.path);
    return fault === undefined ? [] : [{ path: file.path, line: edge.line, ...fault }];
  });
}

type Fault = Pick<Violation, 'problem' | 'remedy'>;

function faultOf(edge: Import, path: string): Fault | undefined {
  const { specifier, form } = edge;
  if (specifier === undefined) return mayImportComputed.includes(path) ? undefined : computed(form);
  if (isDisguised(specifier)) {
    return { problem: `${form} of ${specifier} hides a file`, remedy: 'import by a relative path' };
  }
  return specifier.startsWith('.') ? trespass(edge, path, specifier) : undefined;
}

function computed(form: Import['form']): Fault {
  return {
    problem: `${form} of something computed cannot be checked`,
    remedy: `use a literal, or hand the module in from ${mayImportComputed.join(' or ')}`,
  };
}

// An absolute path, an import map or the package's own name would lead around the layers.
function isDisguised(specifier: string): boolean {
  return /^(?:[/\\#]|file:|data:|pgrunbook(?:\/|$))/.test(specifier);
}

function trespass(edge: Import, path: string, specifier: string): Fault | undefined {
  const target = posix.join(posix.dirname(path), specifier);
  const from = placeOf(path);
  const to = placeOf(target);
  const allowed = from.layer in mayImport ? mayImport[from.layer as keyof typeof mayImport] : [];
  const what = `${edge.form} of ${target}`;
  if (!allowed.some((layer) => layer === to.layer) && !isExampleType(edge, { from, to })) {
    return {
      problem: `${what}: ${from.layer} may not import ${to.layer}`,
      remedy: `${from.layer} may import ${allowed.join(', ')}; take the value as an argument`,
    };
  }
  if (from.layer !== to.layer || from.room === to.room || to.room in sharedFolders)
    return undefined;
  return {
    problem: `${what}: ${from.room} may not import its neighbour ${to.room}`,
    remedy: 'move what both need into src/kernel',
  };
}

// The types of the kernel are what an example estate is written against.
function isExampleType({ isTypeOnly }: Import, { from, to }: { from: Place; to: Place }): boolean {
  return isTypeOnly && from.layer === 'examples' && to.layer === 'kernel';
}
