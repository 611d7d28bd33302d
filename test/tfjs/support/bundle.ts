// The specs of tfjs-core, as its npm package has them, in one file that Node can load: they are ES modules
// without file extensions in a package of CommonJS, and import modules of tfjs-core by their paths. So these
// modules are bundled with them, and the bundle stands in for the package (see child.mjs): one tfjs-core,
// whoever asks for it.
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { build, type Plugin } from 'esbuild';

/** tfjs as it comes, or with our layer above it. */
export type Layer = 'stock' | 'ours';

const core = dirname(createRequire(import.meta.url).resolve('@tensorflow/tfjs-core/package.json'));

/** In place of the bundle's own registrations, ours has those of src/backend. */
const ENTRY = `
exports.core = require('./dist/index.js');
exports.util = require('./dist/jasmine_util.js');
exports.registerAll = () => {
  require('./dist/register_all_gradients.js');
  require('./dist/public/chained_ops/register_all_chained_ops.js');
};
exports.specs = () => require('./dist/tests.js');
`;

/** What is added to the name of a suite that needs a browser. */
export const BROWSER = '(browser)';

/** Suites that tfjs keeps for browsers, or for its own cpu, though nothing in them is of one. */
const PORTABLE =
  /^(arrayBufferToBase64String|depthToSpace|loadWeights|parseUrl|Passthrough|rotateWithOffset|Switching cpu)/;

/** Runs the portable suites, and keeps the others that tfjs leaves out on this platform, so that they are counted. */
const DESCRIBE = `
import { describeWithFlags as describeHere, envSatisfiesConstraints, TEST_ENVS } from './jasmine_util.js';
import { env } from './environment.js';
export * from './jasmine_util.js';
export function describeWithFlags(name, constraints, tests) {
  if (${PORTABLE}.test(name)) return describeHere(name, {}, tests);
  describeHere(name, constraints, tests);
  for (const testEnv of TEST_ENVS) {
    if (envSatisfiesConstraints(env(), testEnv, constraints)) continue;
    xdescribe(name + ' ${BROWSER}', () => tests(testEnv));
  }
}
`;

const describeAll: Plugin = {
  name: 'describe-all',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /\/jasmine_util$/ }, ({ importer }) =>
      importer.endsWith('_test.js') && !importer.endsWith('jasmine_util_test.js')
        ? { path: 'describe', namespace: 'describe' }
        : undefined,
    );
    onLoad({ filter: /^describe$/, namespace: 'describe' }, () => ({
      contents: DESCRIBE,
      resolveDir: join(core, 'dist'),
    }));
  },
};

/** A spec imports tfjs's chained operations: without them it tests ours. */
const withoutChainedOps: Plugin = {
  name: 'without-chained-ops',
  setup({ onLoad }) {
    onLoad({ filter: /register_all_chained_ops\.js$/ }, () => ({ contents: 'export {};' }));
  },
};

/** Writes the bundle and returns its path. */
export async function bundleSpecs(layer: Layer): Promise<string> {
  const outfile = join(import.meta.dirname, '../../../.cache/tfjs', `${layer}.cjs`);
  await build({
    stdin: { contents: ENTRY, resolveDir: core },
    outfile,
    bundle: true,
    platform: 'node',
    target: 'node20.19',
    format: 'cjs',
    external: ['jasmine-core/*', 'node-fetch', 'worker_threads'],
    logLevel: 'error',
    keepNames: true,
    // The package says that importing a spec has no effect.
    ignoreAnnotations: true,
    plugins: layer === 'ours' ? [describeAll, withoutChainedOps] : [describeAll],
  });
  return outfile;
}
