import { beforeAll, describe, expect, it } from 'vitest';
import type { KernelClient } from '../../../../kernel/client/client.ts';
import { kernels, plainResultOf } from '../../support/kernels.ts';
import { writeFiles } from '../../support/packages.ts';

const set = kernels();
const fresh = (): Promise<KernelClient> => set.start({ env: { XDG_DATA_HOME: set.folder } });

/** Packages of other versions, as an installation beside a notebook has them. */
const copies = Object.fromEntries(
  ['', '-core', '-layers', '-node'].flatMap((part) => {
    const folder = `node_modules/@tensorflow/tfjs${part}`;
    return [
      [
        `${folder}/package.json`,
        `{"name":"@tensorflow/tfjs${part}","version":"3.0.0","main":"dist/index.js"}`,
      ],
      [`${folder}/dist/index.js`, "throw new Error('another copy');"],
      [`${folder}/dist/own.js`, "exports.what = 'of this version alone';"],
    ];
  }),
);

beforeAll(() => {
  writeFiles(set.folder, {
    ...copies,
    'node_modules/models/package.json': '{"name":"models","version":"1.0.0","main":"index.js"}',
    'node_modules/models/index.js': "exports.tensor = require('@tensorflow/tfjs-core').tensor;",
    'node_modules/modern/package.json':
      '{"name":"modern","version":"1.0.0","type":"module","main":"index.js"}',
    'node_modules/modern/index.js': "export { tensor } from '@tensorflow/tfjs';",
    'train.ts':
      "import * as tf from '@tensorflow/tfjs-node';\nexport const [name, tensor] = [tf.getBackend(), tf.tensor];\n",
    'part.mjs':
      "import { getBackend, tensor } from '@tensorflow/tfjs-core';\nexport { tensor };\nexport const name = getBackend();\n",
    'whole.mjs': "import tf from '@tensorflow/tfjs';\nexport const { tensor } = tf;\n",
  });
});

const WHOLE = ['@tensorflow/tfjs', '@tensorflow/tfjs-node', '@tensorflow/tfjs-node-gpu'];
const PARTS: [string, string][] = [
  ['@tensorflow/tfjs-core', 'm.tensor === tf.tensor'],
  ['@tensorflow/tfjs-layers', 'm.sequential === tf.sequential'],
  ['@tensorflow/tfjs-converter', 'm.loadGraphModel === tf.loadGraphModel'],
  ['@tensorflow/tfjs-data', 'm.array === tf.data.array'],
  ['@tensorflow/tfjs-backend-cpu', "tf.findBackend('cpu') instanceof m.MathBackendCPU"],
  ['@tensorflow/tfjs-backend-wasm', "tf.findBackend('wasm') instanceof m.BackendWasm"],
];

describe('there is one TensorFlow.js, whoever asks,', () => {
  let client: KernelClient;
  beforeAll(async () => {
    client = await fresh();
  });

  it.each(WHOLE)('%s', async (name) => {
    const same = 'm.tensor === tf.tensor && m.layers.dense === tf.layers.dense && m.getBackend()';
    for (const load of [
      `import * as m from '${name}'`,
      `import m from '${name}'`,
      `m = require('${name}')`,
    ]) {
      expect(await plainResultOf(client, `${load};\n${same}`), load).toBe("'wasm'");
    }
    expect(await plainResultOf(client, `m = await import('${name}'); ${same}`)).toBe("'wasm'");
  });

  it.each(PARTS)('%s', async (name, same) => {
    for (const load of [`import * as m from '${name}'`, `m = require('${name}')`]) {
      const { outputs, error } = await client.execute(`${load};\nconsole.log(${same})`);
      expect(error).toBeUndefined();
      // Nothing else: they tell of what is registered twice.
      expect(outputs, load).toEqual([{ output_type: 'stream', name: 'stdout', text: 'true\n' }]);
    }
  });

  it.each([
    ['a TypeScript file', "import * as m from './train.ts'"],
    ['an ES module', "import * as m from './part.mjs'"],
    // In Node 20 no hook is asked for what a required ES module imports.
    ...(process.version.startsWith('v20.')
      ? []
      : [['an ES module that is required', "m = require('./whole.mjs')"]]),
    ['a package', "import * as m from 'models'"],
    ['a package of ES modules', "import * as m from 'modern'"],
  ])('%s', async (_what, load) => {
    expect(await plainResultOf(client, `${load};\nm.tensor === tf.tensor`)).toBe('true');
  });

  it('but for a file that only another version has', async () => {
    const found = await plainResultOf(
      client,
      "import { what } from '@tensorflow/tfjs-core/dist/own.js'; what",
    );
    expect(found).toBe("'of this version alone'");
  });
});

describe('the back end is ready', () => {
  it.each([
    ['when a cell requires it', "const tf1 = require('@tensorflow/tfjs'); tf1.getBackend()"],
    ['when a cell imports a part', "import { getBackend } from '@tensorflow/tfjs-core'; getBackend()"],
    ['when a name is computed', "const { getBackend } = await import('@tensorflow/' + 'tfjs'); getBackend()"],
    ['in a file that a cell imports', "import { name } from './train.ts'; name"],
    ['once a file that wants a part is there', "import './part.mjs'; backend.name"],
  ])('%s', async (_what, code) => {
    expect(await plainResultOf(await fresh(), code)).toBe("'wasm'");
  });
});
