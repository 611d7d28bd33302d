import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';

/** In place of tfjs-node's own entry point: nothing is registered but the kernels, and no addon is looked for. */
const ENTRY = `
require('@tensorflow/tfjs-node/dist/register_all_kernels');
exports.NodeJSKernelBackend = require('@tensorflow/tfjs-node/dist/nodejs_kernel_backend').NodeJSKernelBackend;
exports.node = require('@tensorflow/tfjs-node/dist/node').node;
`;

/**
 * Joins tfjs-node's JavaScript into one file, which exports a function: it is given what `require` is to mean, and so
 * the one copy of TensorFlow.js.
 */
export async function bundle(folder: string, output: string): Promise<void> {
  const entry = join(folder, 'entry.cjs');
  writeFileSync(entry, ENTRY);
  await build({
    entryPoints: [entry],
    outfile: output,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    external: ['@tensorflow/tfjs', '@tensorflow/tfjs-core'],
    minifyWhitespace: true,
    minifySyntax: true,
    legalComments: 'none',
    logLevel: 'silent',
    banner: { js: 'module.exports=function(require){var module={exports:{}},exports=module.exports;' },
    footer: { js: 'return module.exports;};' },
  });
}
