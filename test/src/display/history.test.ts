import { expect, test } from 'vitest';
import { backend, tf } from '../../../src/backend/index.ts';
import { displaySymbol, history, type MimeBundle } from '../../../src/display/index.ts';
import { countPixels, decodePng, isInk } from './png.ts';

interface View {
  readonly title?: { text: string };
  readonly data: { values: { epoch: number; value: number; split: string; run?: string }[] };
  readonly encoding: Record<
    string,
    { field?: string; scale?: { type?: string; domain?: string[] }; axis?: object }
  >;
}

const viewsOf = (spec: object): View[] => (spec as { concat?: View[] }).concat ?? [spec as View];
const textOf = (data: unknown, options = {}): string[] => String(history(data, options)).split('\n');

test('what fit returns, its epochs counted from 1', async () => {
  await backend.ready();
  const model = tf.sequential({ layers: [tf.layers.dense({ units: 1, inputShape: [1] })] });
  model.compile({ loss: 'meanSquaredError', optimizer: 'sgd' });
  const [x, y] = [tf.tensor2d([[1], [2], [3], [4]]), tf.tensor2d([[2], [4], [6], [8]])];
  const fitted = await model.fit(x, y, { epochs: 3, validationSplit: 0.25, verbose: 0 });
  const { spec, best } = history(fitted);
  const [view] = viewsOf(spec);
  expect(view?.data.values.map(({ epoch, split }) => [epoch, split])).toEqual([
    ...[1, 2, 3].map((epoch) => [epoch, expect.stringMatching(/train|validation/)]),
    ...[1, 2, 3].map((epoch) => [epoch, expect.stringMatching(/train|validation/)]),
  ]);
  expect(best[0]).toMatchObject({ metric: 'loss', split: 'validation' });
});

test('lists by metric: training and validation together, a chart each', async () => {
  const shown = history({
    ...{ loss: [3, 2, 1], val_loss: [3, 2, 2.5] },
    ...{ accuracy: new Float32Array([0.5, 0.75, 0.5]), valAccuracy: [0.25, 0.25, 0.5] },
  });
  const views = viewsOf(shown.spec);
  expect(views.map(({ title }) => title?.text)).toEqual(['loss', 'accuracy']);
  expect(views[0]?.encoding).toMatchObject({
    color: { field: 'split', scale: { domain: ['train', 'validation'] } },
    strokeDash: { field: 'split' },
  });
  expect(shown.best).toEqual([
    { run: '', metric: 'loss', split: 'validation', epoch: 2, value: 2 },
    { run: '', metric: 'accuracy', split: 'validation', epoch: 3, value: 0.5 },
  ]);
  const bundle = (await shown[displaySymbol]()) as MimeBundle;
  expect(Object.keys(bundle)).toEqual(['application/vnd.vegalite.v5+json', 'image/png', 'text/plain']);
  expect(String(bundle['text/plain']).split('\n')).toEqual([
    'Training history: 3 epochs',
    'metric    train  validation  best  at epoch  course',
    '────────  ─────  ──────────  ────  ────────  ──────',
    'loss        1.0         2.5   2.0         2  █▁▅',
    'accuracy    0.5         0.5   0.5         3  ▁▁█',
  ]);
  expect(countPixels(decodePng(bundle['image/png']), [0, 0, 1, 1], isInk)).toBeGreaterThan(2000);
});

test('records keep their own steps, and need not have every metric', () => {
  const records = [
    { step: 10, loss: 2, note: 'a' },
    { step: 20, loss: 1, valLoss: 1.5 },
    { step: 30, loss: Number.NaN },
  ];
  const { spec, best } = history(records);
  const [view] = viewsOf(spec);
  expect(view?.data.values).toEqual([
    { split: 'train', epoch: 10, value: 2 },
    { split: 'train', epoch: 20, value: 1 },
    { split: 'train', epoch: 30, value: null },
    { split: 'validation', epoch: 20, value: 1.5 },
  ]);
  expect(view?.encoding.x).toMatchObject({ title: 'step' });
  expect(best).toEqual([{ run: '', metric: 'loss', split: 'validation', epoch: 20, value: 1.5 }]);
});

test.each<[string, unknown]>([
  ['an object', { adam: { loss: [2, 1] }, sgd: [{ loss: 3 }, { loss: 2.5 }] }],
  [
    'a Map',
    new Map<string, unknown>([
      ['adam', [{ loss: 2 }, { loss: 1 }]],
      ['sgd', new Map([['loss', [3, 2.5]]])],
    ]),
  ],
])('several runs in %s have a colour each', (_what, runs) => {
  const { spec, best } = history(runs);
  const [view] = viewsOf(spec);
  expect(view?.encoding.color).toMatchObject({ field: 'run', scale: { domain: ['adam', 'sgd'] } });
  expect(best.map(({ run, value }) => [run, value])).toEqual([
    ['adam', 1],
    ['sgd', 2.5],
  ]);
  expect(textOf(runs)[1]).toMatch(/^run +metric +train +best +at epoch +course$/);
});

test('what is neither a loss nor a score has no best value, unless its goal is given', () => {
  const rates = { lr: [0.1, 0.01], loss: [1, 2], f1: [1, 2] };
  const found = (options = {}): unknown[] =>
    history(rates, options).best.map(({ metric, epoch }) => [metric, epoch]);
  expect(found()).toEqual([
    ['loss', 1],
    ['f1', 2],
  ]);
  expect(found({ goals: { lr: 'min', loss: 'max' } })).toEqual([
    ['lr', 2],
    ['loss', 2],
    ['f1', 2],
  ]);
});

test('values that are not finite are gaps, and it says where they begin', () => {
  const diverged = { loss: [1, Number.POSITIVE_INFINITY, Number.NaN], valLoss: [1, 2, Number.NaN] };
  expect(textOf(diverged)[0]).toBe(
    'Training history: 3 epochs · loss is not finite 2 times, first at epoch 2 · validation loss is not finite once, first at epoch 3',
  );
  expect(history({ loss: [Number.NaN] }).best).toEqual([]);
});

test('scales are logarithmic where asked for', () => {
  const data = { loss: [1, 0.1], acc: [0.5, 1] };
  const types = (log: boolean | string[]): unknown[] =>
    viewsOf(history(data, { log }).spec).map(({ encoding }) => encoding.y?.scale?.type);
  expect(types(true)).toEqual(['log', 'log']);
  expect(types(['loss'])).toEqual(['log', undefined]);
  expect(viewsOf(history(data, { metrics: ['acc'] }).spec)[0]?.encoding.y).toMatchObject({ title: 'acc' });
});

test('few epochs are marked each, and none between them', () => {
  const marks = (values: number[]): unknown => viewsOf(history({ loss: values }).spec)[0]?.encoding.x?.axis;
  const values = (...all: number[]): unknown => ({ format: '.0f', values: all });
  expect(marks([3, 2, 1])).toEqual(values(1, 2, 3));
  expect(marks([1])).toEqual(values(1));
  expect(marks(Array(9).fill(1))).toEqual(values(1, 2, 3, 4, 5, 6, 7, 8, 9));
  expect(marks(Array(10).fill(1))).toEqual({ format: 'd', tickMinStep: 1 });
});

test('a value that never changes stands in the middle of its axis, whose marks tell it', () => {
  const domains = (rate: number, log = false): unknown =>
    viewsOf(history({ learningRate: [rate, rate, rate] }, { log }).spec)[0]?.encoding.y?.scale?.domain;
  expect(domains(10)).toEqual([9, 11]);
  expect(domains(-10)).toEqual([-11, -9]);
  expect(domains(0)).toEqual([-1, 1]);
  expect(domains(10, true)).toEqual([9, 11]);
  expect(viewsOf(history({ loss: [1, 2] }).spec)[0]?.encoding.y?.scale).not.toHaveProperty('domain');
});

test('long curves are thinned without losing their peaks', () => {
  const loss = Array.from({ length: 10_000 }, (_, step) => (step === 5001 ? 99 : step === 7003 ? -7 : 1));
  const { spec } = history({ loss });
  const values = viewsOf(spec)[0]?.data.values ?? [];
  expect(values.length).toBeLessThanOrEqual(500);
  expect(values.filter(({ value }) => value !== 1)).toEqual([
    { split: 'train', epoch: 5002, value: 99 },
    { split: 'train', epoch: 7004, value: -7 },
  ]);
  expect(values.at(-1)?.epoch).toBe(10_000);
  expect(textOf({ loss })[0]).toContain('10,000 epochs · at most 500 points of each curve drawn');
});

test.each<[unknown, object, RegExp]>([
  [5, {}, /history: the history is 5; allowed are what model.fit returns, lists by metric/],
  [{}, {}, /the history is \{\}/],
  [[], {}, /the history is \[\]/],
  [{ a: 'b' }, {}, /history: a is 'b'/],
  [[{ note: 'x' }], {}, /the history is \[ \{ note: 'x' \} \]/],
  [{ loss: ['x'] }, {}, /history: loss\[0\] is 'x'; allowed are numbers/],
  [{ epoch: [1], loss: [1, 2] }, {}, /loss has 2 values for 1 epochs; allowed are as many of both/],
  [{ loss: [1] }, { metrics: ['acc'] }, /metrics must be a list of 'loss'; received \["acc"\]/],
  [{ loss: [1] }, { log: 'loss' }, /log must be true, false or a list of 'loss'/],
  [{ loss: [1] }, { goals: { loss: 'low' } }, /goals.loss must be one of 'min', 'max'/],
  [{ loss: [1] }, { logs: true }, /did you mean 'log'\?/],
])('%o with %o is refused', (data, options, message) => {
  expect(() => history(data, options)).toThrow(message);
});
