// Makes dist/, a package of its own: one bundle with late-loaded parts, the catalogue inside.
import { chmod, cp, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { build, type Plugin } from 'esbuild';

const root = join(import.meta.dirname, '..');
const dist = join(root, 'dist');

await rm(dist, { recursive: true, force: true });
await mkdir(dist);
await build({
  entryPoints: [join(root, 'src', 'main.ts')],
  outdir: dist,
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'node',
  target: 'node22',
  minifySyntax: true,
  // Optional parts of pg that are not installed.
  external: ['pg-native', 'pg-cloudflare'],
  // Packages in CommonJS ask for Node's own modules by require().
  banner: {
    js: [
      `import { createRequire as makeRequire } from 'node:module';`,
      'const require = makeRequire(import.meta.url);',
    ].join('\n'),
  },
  plugins: [builtCatalog()],
});
await copyExamples();
await writeManifest();
for (const file of ['README.md', 'LICENSE', 'CHANGELOG.md']) {
  await cp(join(root, file), join(dist, file)).catch(() => undefined);
}
await chmod(join(dist, 'main.js'), 0o755);

// A checkout finds the catalogue's folders when it runs; a package brings them inside the bundle.
function builtCatalog(): Plugin {
  return {
    name: 'built-catalog',
    setup(bundler) {
      const loader = join(root, 'src', 'load-catalog.ts');
      bundler.onResolve({ filter: /\.\/load-catalog\.ts$/ }, ({ namespace }) =>
        namespace === 'built-catalog'
          ? { path: loader }
          : { path: loader, namespace: 'built-catalog' },
      );
      bundler.onLoad({ filter: /.*/, namespace: 'built-catalog' }, async () => ({
        contents: await catalogModule(),
        resolveDir: join(root, 'src'),
        loader: 'ts',
      }));
    },
  };
}

async function catalogModule(): Promise<string> {
  const checks = await unitsOf('checks', 'check.ts');
  const probes = await unitsOf('probes', 'probe.ts');
  const imports = [...checks, ...probes].map(
    ({ name, module }) => `import ${name} from ${JSON.stringify(module)};`,
  );
  const list = (units: readonly BuiltUnit[]) =>
    units.map(
      ({ id, name, texts }) =>
        `{ id: ${JSON.stringify(id)}, exported: ${name}, texts: ${JSON.stringify(texts)} },`,
    );
  return [
    `import { assembleCatalog } from './load-catalog.ts';`,
    ...imports,
    `const units = { checks: [`,
    ...list(checks),
    `], probes: [`,
    ...list(probes),
    `] };`,
    `export const loadCatalog = async (version: string) => assembleCatalog(units, version);`,
  ].join('\n');
}

interface BuiltUnit {
  readonly id: string;
  readonly name: string;
  readonly module: string;
  readonly texts: Readonly<Record<string, string>>;
}

async function unitsOf(kind: 'checks' | 'probes', module: string): Promise<readonly BuiltUnit[]> {
  const folder = join(root, 'src', 'catalog', kind);
  const entries = await readdir(folder, { withFileTypes: true });
  const ids = entries.filter((entry) => entry.isDirectory()).map(({ name }) => name);
  return Promise.all(
    ids.toSorted().map(async (id, index) => {
      const names = (await readdir(join(folder, id))).filter((name) => /\.(sql|md)$/.test(name));
      const read = async (name: string) =>
        [name, await readFile(join(folder, id, name), 'utf8')] as const;
      const texts = Object.fromEntries(await Promise.all(names.map(read)));
      return { id, name: `${kind}${index}`, module: `./catalog/${kind}/${id}/${module}`, texts };
    }),
  );
}

async function copyExamples(): Promise<void> {
  const examples = join(root, 'examples');
  const entries = await readdir(examples, { withFileTypes: true });
  for (const { name } of entries.filter((entry) => entry.isDirectory())) {
    const files = await readdir(join(examples, name));
    for (const file of files.filter((one) => /\.(sql|yaml|md)$/.test(one))) {
      await cp(join(examples, name, file), join(dist, name, file));
    }
  }
}

async function writeManifest(): Promise<void> {
  const source: Record<string, unknown> = JSON.parse(
    await readFile(join(root, 'package.json'), 'utf8'),
  );
  const kept = ['name', 'version', 'description', 'license', 'type', 'engines'] as const;
  const manifest = {
    ...Object.fromEntries(kept.map((key) => [key, source[key]])),
    bin: { pgrunbook: 'main.js' },
    optionalDependencies: source['optionalDependencies'],
  };
  await writeFile(join(dist, 'package.json'), `${JSON.stringify(manifest, null, 2)}\n`);
}
