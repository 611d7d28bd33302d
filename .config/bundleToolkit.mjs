// The toolkit's modules, joined into few files: Node reads a dozen of them in a quarter of the time that it takes
// for each of some three hundred. What is imported from outside stays where it was.
import { cpSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';

/** What is exported as a namespace stays a module of its own: esbuild's stand-in has getters in place of values. */
const NAMESPACES = ['backend/namespace.js', 'display/widgets/index.js'];
/** What is loaded by its path, besides the folders' `index.js`. */
const PROGRAMS = [
  'backend/interrupted.js',
  'backend/native/testProgram.js',
  'display/objects.js',
  'display/plotly/page/worker.js',
];
/** Nothing but such namespaces. */
const WHOLE = 'index.js';

const keepNamespaces = {
  name: 'keep-namespaces',
  setup: ({ onResolve }) => {
    onResolve({ filter: /^\.\// }, ({ path, importer }) => {
      const [, folder] = /([^/\\]+)[/\\]index\.js$/.exec(importer) ?? [];
      return NAMESPACES.includes(`${folder}/${path.slice('./'.length)}`)
        ? { path, external: true }
        : undefined;
    });
  },
};

function scripts(folder) {
  return readdirSync(folder, { recursive: true }).filter((path) => path.endsWith('.js'));
}

/** Joins the built modules of `folder`, beside which their declarations stay as they are. */
export async function bundleToolkit(folder) {
  const folders = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  const indexes = folders.map(({ name }) => join(name, 'index.js'));
  const before = scripts(folder).filter((path) => path !== WHOLE);
  const entries = [...NAMESPACES, ...PROGRAMS, ...indexes].filter((entry) => before.includes(entry));
  const joined = `${folder}-joined`;
  await build({
    bundle: true,
    splitting: true,
    platform: 'node',
    target: 'node20.19',
    format: 'esm',
    packages: 'external',
    keepNames: true,
    logLevel: 'warning',
    plugins: [keepNamespaces],
    entryPoints: entries.map((entry) => join(folder, entry)),
    outbase: folder,
    outdir: joined,
    chunkNames: 'shared/[name]-[hash]',
  });
  for (const path of before) rmSync(join(folder, path));
  cpSync(joined, folder, { recursive: true });
  rmSync(joined, { recursive: true });
}
