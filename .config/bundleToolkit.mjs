// The toolkit's modules, joined into few files: Node reads a dozen of them in a quarter of the time that it takes
// for each of some three hundred. What is imported from outside stays where it was.
import { cpSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';

/** What is loaded by its path, besides the folders' `index.js`. */
const PROGRAMS = ['index.js', 'display/objects.js', 'display/plotly/page/worker.js'];

function scripts(folder) {
  return readdirSync(folder, { recursive: true }).filter((path) => path.endsWith('.js'));
}

/** Joins the built modules of `folder`, beside which their declarations stay as they are. */
export async function bundleToolkit(folder) {
  const folders = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  const entries = [...PROGRAMS, ...folders.map(({ name }) => join(name, 'index.js'))];
  const present = new Set(scripts(folder));
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
    entryPoints: entries.filter((entry) => present.has(entry)).map((entry) => join(folder, entry)),
    outbase: folder,
    outdir: joined,
    chunkNames: 'shared/[name]-[hash]',
  });
  for (const path of present) rmSync(join(folder, path));
  cpSync(joined, folder, { recursive: true });
  rmSync(joined, { recursive: true });
}
