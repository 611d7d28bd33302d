import { JSDOM } from 'jsdom';
import { describe, expect, test } from 'vitest';
import { tf } from '../../../src/backend/index.ts';
import { blobs, digits, moons, regression, shapes } from '../../../src/datasets/index.ts';
import { toBundle } from '../../../src/display/index.ts';
import { objectBundle } from '../../../src/display/objects.ts';
import * as losses from '../../../src/losses/index.ts';
import { fromTransform, sgd } from '../../../src/optimizers/index.ts';
import { chain, scaleByLearningRate, trace } from '../../../src/transforms/index.ts';

async function shown(value: unknown): Promise<Record<string, string>> {
  const { data } = await toBundle(value);
  return data as Record<string, string>;
}

const html = (markup: string | undefined): Document => new JSDOM(markup ?? '').window.document;

/** The SVG of the diagram in a page. */
function diagramIn(page: Document): string {
  const style = page.querySelector('[role=img]')?.getAttribute('style') ?? '';
  return Buffer.from(/svg\+xml;base64,([^)]*)\)/.exec(style)?.[1] ?? '', 'base64').toString();
}

describe('tensors', () => {
  test('are text, with a hint where they have the shape of pictures', async () => {
    expect(await shown(tf.tensor1d([1, 2]))).toEqual({ 'text/plain': 'Tensor float32 [2]\n[1, 2]' });
    expect((await shown(tf.zeros([2, 8, 8, 3])))['text/plain']).toMatch(
      /\n\(image\(x\) shows it as pictures\)$/,
    );
    expect((await shown(tf.zeros([8, 8, 3])))['text/plain']).toMatch(
      /\n\(image\(x\) shows it as a picture\)$/,
    );
    expect((await shown(tf.zeros([8, 8, 5])))['text/plain']).not.toContain('image');
    const x = tf.zeros([3]);
    x.dispose();
    expect(await shown(x)).toEqual({ 'text/plain': 'Tensor float32 [3] (disposed)' });
  });

  test('of other copies of the library as well, also where they are read later', async () => {
    const other = { shape: [2], dtype: 'float32', dispose() {}, dataSync: () => new Float32Array([1, 2]) };
    expect(await shown({ ...other, data() {} })).toEqual({ 'text/plain': 'Tensor float32 [2]\n[1, 2]' });
    const late = {
      ...other,
      dataSync() {
        throw new Error('not here');
      },
      data: async () => new Float32Array([3, 4]),
    };
    expect(await shown(late)).toEqual({ 'text/plain': 'Tensor float32 [2]\n[3, 4]' });
    const lost = { ...late, data: async () => Promise.reject(new Error('lost')) };
    expect((await shown(lost))['text/plain']).toContain('can only be read later');
  });
});

describe('models', () => {
  test('have a table and a diagram', async () => {
    const model = tf.sequential({
      layers: [
        tf.layers.dense({ units: 4, inputShape: [3], name: 'one' }),
        tf.layers.dense({ units: 2, name: 'two' }),
      ],
    });
    const bundle = await shown(model);
    expect(Object.keys(bundle)).toEqual(['text/html', 'text/plain']);
    const page = html(bundle['text/html']);
    const cells = [...page.querySelectorAll('tbody tr')].map((row) =>
      [...row.children].map((td) => td.textContent),
    );
    expect(cells).toEqual([
      ['Layer', 'Type', 'Output shape', 'Parameters'],
      ['one', 'Dense 4', '[null, 4]', '16'],
      ['two', 'Dense 2', '[null, 2]', '10'],
    ]);
    const svg = diagramIn(page);
    expect(svg).toContain('>Dense</tspan> 4</text>');
    expect(
      new JSDOM(svg, { contentType: 'image/svg+xml' }).window.document.querySelectorAll('rect'),
    ).toHaveLength(2);
  });

  test('escape the names of users', async () => {
    const evil = '"><img src=x onerror=alert(1)><script>alert(1)</script>';
    const layer = {
      name: evil,
      weights: [],
      outputShape: [null, evil],
      getClassName: () => evil,
      inboundNodes: [],
    };
    const model = {
      name: evil,
      layers: [layer, layer],
      predict() {},
      getWeights() {},
      getClassName: () => evil,
    };
    const page = html((await shown(model))['text/html']);
    expect(page.querySelectorAll('script')).toHaveLength(0);
    expect(page.querySelectorAll('img')).toHaveLength(0);
    expect(diagramIn(page)).not.toMatch(/<(img|script)/);
  });

  test('that were converted say what is known of them', async () => {
    const nodes = { a: { op: 'MatMul' }, b: { op: 'MatMul' }, c: { op: 'Const' } };
    const graph = {
      ...{ predict() {}, executeAsync() {}, save() {}, executor: { graph: { nodes } } },
      inputs: [{ name: 'x:0', shape: [-1, 3], dtype: 'float32' }],
      outputs: [{ name: 'y', shape: [-1, 2], dtype: 'float32' }],
      weights: { w: [{ size: 6 }] },
    };
    expect((await shown(graph))['text/plain']?.split('\n')).toEqual([
      'GraphModel',
      '  inputs      x:0 float32 [null, 3]',
      '  outputs     y float32 [null, 2]',
      '  operations  2: MatMul × 2',
      '  parameters  6 (24 B)',
    ]);
    expect((await shown({ ...graph, executor: null }))['text/plain']).toMatch(/not loaded/);
  });
});

describe('optimizers, transforms and losses', () => {
  test('an optimizer has options, steps and state', async () => {
    const optimizer = sgd({ learningRate: 0.1, momentum: 0.9 });
    const w = tf.variable(tf.ones([5]), true);
    expect((await shown(optimizer))['text/html']).toContain('none yet');
    optimizer.minimize(() => w.square().sum().asScalar());
    const { 'text/plain': text, 'text/html': markup } = await shown(optimizer);
    expect(text?.split('\n')).toEqual([
      'sgd({ learningRate: 0.1, momentum: 0.9, nesterov: false, weightDecay: 0 }) after 1 step',
      '  = chain(trace({ decay: 0.9, nesterov: false }), scaleByLearningRate(0.1))',
      '  trace: 1 tensor, 5 numbers (20 B)',
    ]);
    expect(html(markup).querySelectorAll('.descent-object > div')).toHaveLength(7);
    optimizer.dispose();
    w.dispose();
  });

  test('also one of tfjs, one without a name and one with a schedule', async () => {
    const adam = tf.train.adam(0.01);
    const w = tf.variable(tf.ones([5]), true);
    adam.minimize(() => w.square().sum().asScalar());
    expect((await shown(adam))['text/plain']?.split('\n').slice(1)).toEqual([
      '  accumulatedFirstMoment: 1 tensor, 5 numbers (20 B)',
      '  accumulatedSecondMoment: 1 tensor, 5 numbers (20 B)',
    ]);
    const half = (step: number): number => 0.5 ** step;
    const own = fromTransform(scaleByLearningRate(half));
    expect((await shown(own))['text/plain']).toBe(
      'Optimizer({ learningRate: half, now 1 }) after 0 steps\n  = scaleByLearningRate(half)',
    );
    w.dispose();
  });

  test('a chain is the list of its transforms', async () => {
    const { 'text/plain': text, 'text/html': markup } = await shown(chain(trace(), scaleByLearningRate(0.1)));
    expect(text?.split('\n')).toEqual([
      'chain of 2 transforms, one after the other:',
      '  1. trace({ decay: 0.9, nesterov: false })',
      '  2. scaleByLearningRate(0.1)',
    ]);
    expect(html(markup).querySelectorAll('li')).toHaveLength(2);
  });

  test('every loss has its formula and its options', async () => {
    for (const [name, loss] of Object.entries(losses)) {
      const { 'text/plain': text } = await shown(loss);
      expect(text, name).toMatch(
        new RegExp(`^${name}\\(\\w+, \\w+(, \\w+)?, options\\)\n  = .*\n  options: \\{ .*reduction`),
      );
    }
    expect((await shown(losses.huber))['text/plain']).toContain('{ delta: 1, axis: -1, sampleWeight: none');
  });
});

describe('data', () => {
  test.each([
    ['points in the plane', moons({ samples: 20 }), 'moons({ samples: 20, noise: 0.1, seed: 0 })'],
    ['a curve', regression({ samples: 20, outliers: 0.2 }), 'regression({ samples: 20, coefficients: [1, 2]'],
  ])('%s are drawn', async (_what, data, title) => {
    const bundle = await shown(data);
    expect(Object.keys(bundle)).toContain('image/png');
    expect(bundle['text/plain']?.startsWith(title)).toBe(true);
  });

  test('points of more coordinates are a table', async () => {
    const bundle = await shown(blobs({ features: 4 }));
    expect(html(bundle['text/html']).querySelectorAll('tbody tr').length).toBeGreaterThanOrEqual(5);
    expect(bundle['text/plain']).toContain('x: array of 100 [[');
  });

  test('pictures are a grid', async () => {
    const bundle = await shown(shapes({ samples: 30, size: 8 }));
    expect(Object.keys(bundle)).toEqual(['image/png', 'text/plain']);
    expect(bundle['text/plain']?.split('\n')).toEqual([
      'shapes({ samples: 30, size: 8, channels: 3, noise: 0.1, seed: 0 })',
      expect.stringMatching(/^ {2}x: array of 30 \[/),
      expect.stringMatching(/^ {2}y: Int32Array of 30 \[\d, \d, \d, …\]$/),
      '  shape: array of 3 [8, 8, 3]',
      '  classes: array of 10 [circle, ring, semicircle, …]',
    ]);
    expect(Object.keys(await shown(digits({ samples: 1 })))).toContain('image/png');
  });

  test('a pipeline says what it has, without being read', async () => {
    let reads = 0;
    const data = tf.data.generator(function* () {
      reads += 1;
      yield 1;
    });
    expect((await shown(data))['text/plain']).toContain('number is not known');
    expect((await shown(tf.data.array([1, 2, 3]).batch(2)))['text/plain']).toContain('Dataset of 2 elements');
    expect((await shown(tf.data.array([1]).repeat()))['text/plain']).toContain('endless');
    expect(reads).toBe(0);
  });

  test.each([
    ['what fit returns', { epoch: [0, 1], history: { loss: [2, 1], val_loss: [3, 2.5] } }],
    ['the curves in it', { loss: [2, 1], val_loss: [3, 2.5] }],
  ])('%s is a chart', async (_what, history) => {
    const bundle = await shown(history);
    expect(Object.keys(bundle)).toContain('image/png');
    // Lists by name may be anything: their text says what is in them.
    const text =
      'epoch' in history ? /^Training history: 2 epochs\nmetric +train +validation/ : /^{ loss: \[/;
    expect(bundle['text/plain']).toMatch(text);
  });
});

describe('what only looks like one of them', () => {
  const throwing = (names: string[]): object =>
    Object.defineProperties(
      {},
      Object.fromEntries(
        names.map((name) => [
          name,
          {
            get: () => {
              throw new Error('no');
            },
          },
        ]),
      ),
    );

  test.each<[string, unknown]>([
    ['a number', 5],
    ['null', null],
    ['the header of a file of tensors', { shape: [2], dtype: 'F32', data_offsets: [0, 8] }],
    ['an estimator', { predict() {}, fit() {} }],
    ['a row of losses', { loss: [1, 2], step: 5 }],
    ['a loss', { loss: 3 }],
    ['no losses', { loss: [] }],
    [
      'a Proxy that has everything',
      new Proxy({}, { get: () => () => 1, has: (_, key) => typeof key === 'string' && key !== 'toSpec' }),
    ],
    [
      'getters that throw',
      throwing(['shape', 'dtype', 'predict', 'layers', 'applyGradients', 'loss', 'history']),
    ],
    ['a model that breaks', { predict() {}, getWeights() {}, layers: [null] }],
    ['a model of the user', { predict() {}, getWeights() {}, layers: [1, 2] }],
    ['an optimizer of the user', { applyGradients() {}, minimize() {} }],
    ['a description that is none', { [Symbol.for('descent.description')]: 7 }],
  ])('%s is left alone', async (_what, value) => {
    expect(await objectBundle(value)).toBeUndefined();
    expect(Object.keys(await shown(value))).toContain('text/plain');
  });

  test('a tensor that breaks has no values', async () => {
    const tensor = { shape: [2], dtype: 'float32', data() {}, dataSync() {}, dispose() {} };
    expect(await shown(tensor)).toEqual({ 'text/plain': 'Tensor float32 [2] (no values)' });
  });

  test('a mock of every method does not break', async () => {
    const names = [
      'predict',
      'getWeights',
      'minimize',
      'applyGradients',
      'iterator',
      'forEachAsync',
      'batch',
    ];
    const mock = Object.fromEntries(names.map((name) => [name, () => undefined]));
    expect(Object.keys(await shown(mock))).toContain('text/plain');
  });
});
