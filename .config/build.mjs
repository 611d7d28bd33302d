// Builds dist/: the kernel as two bundles with lazy chunks (a small start-up file each), the
// toolkit as one module a folder with declarations, so that `descent-kernel/losses` resolves to a file.
import { execFileSync } from 'node:child_process';
import { chmodSync, copyFileSync, cpSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { buildAssembly } from './assembly.mjs';
import { bundleToolkit } from './bundleToolkit.mjs';
import { packDigits } from './digits.mjs';
import { requireTensorflow } from './requireTensorflow.mjs';
import { writeToolkitTypes } from './toolkitTypes.mjs';
import { tslabOptions, tslabTypes } from './tslab.mjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const require = createRequire(import.meta.url);
process.chdir(root);
// Built aside and put in place at the end: a kernel that starts meanwhile finds the old one whole.
const out = `.cache/build-${process.pid}`;

const tsc = join(dirname(require.resolve('typescript/package.json')), 'bin/tsc');
execFileSync(process.execPath, [tsc, '-p', '.config/tsconfig.build.json', '--outDir', `${out}/src`], {
  stdio: 'inherit',
});
requireTensorflow(`${out}/src`);

const { preloads } = await import(`../${out}/src/preload.js`);
await bundleToolkit(`${out}/src`);
await buildAssembly(`${out}/src`);
packDigits(`${out}/src/datasets`);
// What import.meta.url is in a CommonJS bundle.
const FILE_URL = "const fileUrl = require('node:url').pathToFileURL(__filename).href;";
const shared = {
  bundle: true,
  platform: 'node',
  target: 'node20.19',
  format: 'esm',
  packages: 'external',
  logLevel: 'warning',
  legalComments: 'none',
};
await Promise.all([
  // What a front-end starts: one CommonJS file, since Node starts it some 30 ms sooner than ES modules.
  build({
    ...shared,
    packages: 'bundle',
    external: ['zeromq', 'oxc-parser', 'oxc-transform', 'esbuild'],
    format: 'cjs',
    entryPoints: ['kernel/main.ts'],
    outdir: `${out}/kernel`,
    minifySyntax: true,
    define: { 'import.meta.url': 'fileUrl' },
    banner: { js: FILE_URL },
  }),
  // All other commands, in parts that are loaded when they are called.
  build({
    ...shared,
    entryPoints: ['kernel/cli/commandLine.ts'],
    outdir: `${out}/kernel`,
    outExtension: { '.js': '.mjs' },
    splitting: true,
    chunkNames: '[name]-[hash]',
    minifySyntax: true,
  }),
  build({
    ...shared,
    format: 'cjs',
    entryPoints: {
      runtime: 'kernel/engine/child/main.ts',
      interrupter: 'kernel/engine/child/interrupter.ts',
      transformer: 'kernel/cells/worker.ts',
    },
    outdir: `${out}/kernel`,
    outExtension: { '.js': '.cjs' },
    minifySyntax: true,
    define: { PRELOADS: JSON.stringify(preloads), 'import.meta.url': 'fileUrl' },
    banner: { js: FILE_URL },
  }),
  // What only questions about types need.
  build({
    ...shared,
    packages: 'bundle',
    external: ['oxc-parser', 'markdown-it'],
    format: 'cjs',
    entryPoints: { typed: 'kernel/language/typed.ts' },
    outdir: `${out}/kernel`,
    outExtension: { '.js': '.cjs' },
    minifySyntax: true,
    define: { 'import.meta.url': 'fileUrl' },
    banner: { js: FILE_URL },
  }),
  build({ ...shared, ...tslabOptions, outfile: `${out}/kernel/tslab.cjs` }),
]);
cpSync('kernel/types', `${out}/kernel/types`, { recursive: true });
writeToolkitTypes(`${out}/kernel/types`, preloads, '../../src');
copyFileSync(tslabTypes, `${out}/kernel/tslab.d.cts`);
chmodSync(`${out}/kernel/main.js`, 0o755);
// TensorFlow.js as cells import it by the names of its packages, and as files do whose code runs at once.
const tfjs =
  "export * from '../src/backend/namespace.js';\nimport * as tf from '../src/backend/namespace.js';\n";
const whenReady = "import { backend } from '../src/backend/index.js';\nawait backend.ready();\n";
writeFileSync(`${out}/kernel/tfjs.mjs`, `${tfjs}export default tf;\n`);
writeFileSync(`${out}/kernel/tfjs.d.mts`, `${tfjs}export default tf;\n`);
writeFileSync(`${out}/kernel/tfjsReady.mjs`, `${tfjs}${whenReady}export default tf;\n`);
writeFileSync(`${out}/kernel/package.json`, '{ "type": "commonjs" }\n');
rmSync('dist', { recursive: true, force: true });
renameSync(out, 'dist');
