import { tensor1d, tensor2d } from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-backend-cpu';
import { expect, test } from 'vitest';
import { confusionMatrix, displaySymbol, type MimeBundle } from '../../../src/display/index.ts';
import { countPixels, decodePng, isInk } from './png.ts';

// The example of scikit-learn's documentation of confusion_matrix, with its result.
const yTrue = ['cat', 'ant', 'cat', 'cat', 'ant', 'bird'];
const yPred = ['ant', 'ant', 'cat', 'cat', 'ant', 'cat'];

test('a row for each true class, a column for each predicted one', () => {
  const { matrix, labels, accuracy } = confusionMatrix(yTrue, yPred);
  expect(labels).toEqual(['ant', 'bird', 'cat']);
  expect(matrix).toEqual([
    [2, 0, 0],
    [0, 0, 1],
    [1, 0, 2],
  ]);
  expect(accuracy).toBe(4 / 6);
  expect(confusionMatrix(yTrue, yPred, { labels: ['ant', 'bird', 'cat'] }).matrix).toEqual(matrix);
});

test('shares of rows, of columns and of all; nothing shared is 0', () => {
  const shares = (normalize: 'true' | 'pred' | 'all'): unknown =>
    confusionMatrix(yTrue, yPred, { normalize }).matrix;
  expect(shares('true')).toEqual([
    [2 / 2, 0, 0],
    [0, 0, 1 / 1],
    [1 / 3, 0, 2 / 3],
  ]);
  expect(shares('pred')).toEqual([
    [2 / 3, 0, 0],
    [0, 0, 1 / 3],
    [1 / 3, 0, 2 / 3],
  ]);
  expect(shares('all')).toEqual([
    [2 / 6, 0, 0],
    [0, 0, 1 / 6],
    [1 / 6, 0, 2 / 6],
  ]);
});

test('labels choose classes and their order; samples of others are counted', () => {
  const shown = confusionMatrix(yTrue, yPred, { labels: ['cat', 'ant'] });
  expect(shown.matrix).toEqual([
    [2, 1],
    [0, 2],
  ]);
  expect(String(shown)).toContain('1 sample of other classes left out');
});

test('labels name classes that are numbered, also those that do not occur', () => {
  const shown = confusionMatrix([0, 1, 1], [0, 1, 0], { labels: ['no', 'yes', 'perhaps'] });
  expect(shown.labels).toEqual(['no', 'yes', 'perhaps']);
  expect(shown.matrix).toEqual([
    [1, 0, 0],
    [1, 1, 0],
    [0, 0, 0],
  ]);
});

test.each<[string, unknown, unknown]>([
  ['tensors', tensor1d([0, 1, 1], 'int32'), tensor1d([0, 1, 0], 'int32')],
  ['typed arrays', new Uint8Array([0, 1, 1]), new Float32Array([0, 1, 0])],
  [
    'one-hot codes and probabilities',
    tensor2d([
      [1, 0],
      [0, 1],
      [0, 1],
    ]),
    tensor2d([
      [0.6, 0.4],
      [0.1, 0.9],
      [0.5, 0.5],
    ]),
  ],
  ['lists of probabilities', [0, 1, 1], [[0.6, 0.4], new Float32Array([0.1, 0.9]), [0.7, 0.3]]],
  ['single probabilities', tensor2d([[0], [1], [1]]), tensor2d([[0.2], [0.5], [0.49]])],
])('%s are classes', (_what, actual, predicted) => {
  expect(confusionMatrix(actual, predicted).matrix).toEqual([
    [1, 0],
    [1, 1],
  ]);
});

test('single probabilities count as 1 from 0.5, and it says so', () => {
  expect(String(confusionMatrix([0, 1], [0.2, 0.7]))).toContain('probabilities from 0.5 count as 1');
});

test('booleans are classes; numbers are in numeric order', () => {
  expect(confusionMatrix([true, false], [true, true]).labels).toEqual(['false', 'true']);
  expect(confusionMatrix([10, 9, 2], [10, 9, 2]).labels).toEqual(['2', '9', '10']);
});

test('a matrix that is ready is drawn', () => {
  const counts = [
    [50, 2],
    [5, 43],
  ];
  expect(confusionMatrix(counts).labels).toEqual(['0', '1']);
  for (const data of [counts, tensor2d(counts as [number, number][]), [new Int32Array([50, 2]), [5, 43]]]) {
    const shown = confusionMatrix(data, { labels: ['healthy', 'ill'] });
    expect(shown.matrix).toEqual(counts);
    expect(shown.accuracy).toBe(93 / 100);
  }
});

test('a chart with the numbers in its cells, a picture and aligned text', async () => {
  const shown = confusionMatrix(yTrue, yPred, { title: 'Animals' });
  const bundle = (await shown[displaySymbol]()) as MimeBundle;
  expect(Object.keys(bundle)).toEqual(['application/vnd.vegalite.v5+json', 'image/png', 'text/plain']);
  expect(String(bundle['text/plain']).split('\n')).toEqual([
    'Animals: 6 samples · accuracy 66.7 %',
    'true ╲ predicted   ant   bird   cat',
    '────────────────  ────  ─────  ────',
    'ant                  2      0     0',
    'bird                 0      0     1',
    'cat                  1      0     2',
  ]);
  const { values } = shown.spec.data as { values: object[] };
  expect(values[6]).toEqual({
    true: 'cat',
    predicted: 'ant',
    count: 1,
    value: 1,
    ofTrue: 0.333333,
    ofPredicted: 0.333333,
  });
  expect(countPixels(decodePng(bundle['image/png']), [0, 0, 1, 1], isInk)).toBeGreaterThan(5000);
});

test('text of many classes names those that are confused most', () => {
  const classes = Array.from({ length: 100 }, (_, i) => i % 20);
  const shown = confusionMatrix(
    classes,
    classes.map((label) => (label === 7 ? 3 : label)),
  );
  expect(String(shown).split('\n').slice(1)).toEqual([
    ...['most often confused:', 'true  predicted  count', '────  ─────────  ─────', '   7          3      5'],
  ]);
  expect(String(confusionMatrix(classes, classes))).toContain('no class was taken for another');
});

test('names of classes are text, whatever they hold', async () => {
  const name = '<img src=x onerror=alert(1)>';
  const shown = confusionMatrix([name, 'b'], [name, name]);
  expect(((await shown[displaySymbol]()) as MimeBundle)['text/html']).toBeUndefined();
  expect(shown.labels).toContain(name);
});

test.each<[unknown[], RegExp]>([
  [[[1, 2], [1]], /yTrue has 2 samples, yPred 1; allowed are as many of both/],
  [
    [
      [1, 2],
      ['1', '2'],
    ],
    /yTrue begins with a number, yPred with a string, and '1' is among them/,
  ],
  [
    [
      [1, {}],
      [1, 2],
    ],
    /yTrue\[1\] is \{\}; allowed are numbers, text and booleans/,
  ],
  [
    [
      [1, Number.NaN],
      [1, 2],
    ],
    /yTrue holds NaN at 1; allowed are finite numbers/,
  ],
  [
    [
      [1, 2.5],
      [1, 2],
    ],
    /yTrue holds 2.5 at 1; allowed are whole numbers, probabilities/,
  ],
  [[[1, 2], 5], /yPred is 5; allowed are a list of classes/],
  [[[[1, 2]]], /the matrix is of 1 row, one of 2 values; allowed are as many rows as columns/],
  [
    [
      [
        [1, -2],
        [1, 2],
      ],
    ],
    /the matrix holds -2; allowed are counts from 0/,
  ],
  [[[[1]], { labels: ['a', 'b'] }], /labels has 2 names; allowed are 1/],
  [
    [[0, 3], [0, 0], { labels: ['a', 'b'] }],
    /the class 3 has no name in labels, which has 2; allowed are classes from 0 to 1/,
  ],
  [[['a'], ['a'], { labels: ['b'] }], /none of labels is among the classes, which are 'a'/],
  [[['a'], ['a'], { labels: ['a', 'a'] }], /labels holds 'a' twice/],
  [[['a'], ['a'], { labels: 'ab' }], /labels is 'ab'; allowed is a list/],
  [[['a'], ['a'], { normalize: 'rows' }], /normalize must be one of 'true', 'pred', 'all'; received "rows"/],
  [[['a'], ['a'], { normalise: 'true' }], /did you mean 'normalize'\?/],
  [
    [Array.from({ length: 301 }, (_, i) => i), Array.from({ length: 301 }, (_, i) => i)],
    /301 classes; allowed are up to 300/,
  ],
])('%o is refused', (parameters, message) => {
  expect(() => Reflect.apply(confusionMatrix, undefined, parameters)).toThrow(message);
});

test('a key of counts has whole numbers; without samples there is none', () => {
  const legendOf = (labels: unknown[]): unknown => {
    const { layer } = confusionMatrix(labels, labels).spec as unknown as {
      layer: { encoding: { color: { legend: unknown } } }[];
    };
    return layer[0]?.encoding.color.legend;
  };
  expect(legendOf(['a', 'b'])).toEqual({ title: 'count', tickMinStep: 1 });
  expect(legendOf([])).toBeNull();
  const { encoding } = confusionMatrix([], []).spec;
  expect(encoding).toMatchObject({ x: { title: null }, y: { title: null } });
});
