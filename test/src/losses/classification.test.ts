import { expect, test } from 'vitest';
import * as losses from '../../../src/losses/index.ts';
import { expectClose, onBackends, read } from '../support.ts';

// optax _classification_test.py, SoftmaxCrossEntropyTest.
const LOGITS = [
  [10, 1, -2],
  [1, 4, 0.2],
];
const ONE_HOT = [
  [0, 1, 0],
  [1, 0, 0],
];
const EXPECTED = [9.00013, 3.0696733];

// Keras losses_test.py, CategoricalCrossentropyTest.
const EYE = [
  [1, 0, 0],
  [0, 1, 0],
  [0, 0, 1],
];
const KERAS_LOGITS = [
  [8, 1, 1],
  [0, 9, 1],
  [2, 3, 5],
];
const KERAS_LOSSES = [0.001822, 0.000459, 0.169846];

onBackends('categoricalCrossentropy', () => {
  test('from logits', () => {
    const options = { fromLogits: true, reduction: 'none' } as const;
    expectClose(read(losses.categoricalCrossentropy(ONE_HOT, LOGITS, options)), EXPECTED, 1e-5);
    expectClose(read(losses.categoricalCrossentropy(EYE, KERAS_LOGITS, options)), KERAS_LOSSES, 1e-6);
    // One sample alone.
    expectClose(read(losses.categoricalCrossentropy(ONE_HOT[0]!, LOGITS[0]!, options)), [9.00013]);
  });

  test('clips probabilities and does not rescale them', () => {
    // The rows of Keras's test, of which the second sums to 1.99: −log .9, −log .89, −log .94
    const p = [
      [0.9, 0.05, 0.05],
      [0.5, 0.89, 0.6],
      [0.05, 0.01, 0.94],
    ];
    const expected = [0.9, 0.89, 0.94].map((q) => -Math.log(q));
    expectClose(read(losses.categoricalCrossentropy(EYE, p, { reduction: 'none' })), expected);
    expectClose(read(losses.categoricalCrossentropy([[1, 0]], [[0, 1]])), [-Math.log(1e-7)]);
  });

  test('labelSmoothing', () => {
    // Keras test_label_smoothing: two classes of logit −100 get .1/3 each, 200 below the first.
    const options = { fromLogits: true, labelSmoothing: 0.1 };
    expectClose(read(losses.categoricalCrossentropy([[1, 0, 0]], [[100, -100, -100]], options)), [40 / 3]);
    expectClose(read(losses.sparseCategoricalCrossentropy([0], [[100, -100, -100]], options)), [40 / 3]);
    // Keras BinaryCrossentropyTest.test_label_smoothing: (10 + 5·.1) / 3
    expectClose(read(losses.binaryCrossentropy([[1, 0, 1]], [[10, -10, -10]], options)), [10.5 / 3], 1e-4);
  });

  test('axis', () => {
    const columns = (rows: number[][]) => rows[0]!.map((_, j) => rows.map((row) => row[j]!));
    const options = { fromLogits: true, axis: 0, reduction: 'none' } as const;
    expectClose(read(losses.categoricalCrossentropy(columns(ONE_HOT), columns(LOGITS), options)), EXPECTED);
    expectClose(read(losses.sparseCategoricalCrossentropy([1, 0], columns(LOGITS), options)), EXPECTED);
  });
});

onBackends('sparseCategoricalCrossentropy', () => {
  test('equals the categorical one, for labels with and without a last axis', () => {
    const options = { fromLogits: true, reduction: 'none' } as const;
    expectClose(read(losses.sparseCategoricalCrossentropy([1, 0], LOGITS, options)), EXPECTED);
    expectClose(read(losses.sparseCategoricalCrossentropy([[1], [0]], LOGITS, options)), EXPECTED);
    expectClose(
      read(losses.sparseCategoricalCrossentropy(new Int32Array([1, 0]), LOGITS, options)),
      EXPECTED,
    );
    expectClose(read(losses.sparseCategoricalCrossentropy([0], [[0.25, 0.75]])), [Math.log(4)]);
  });

  test('ignoreIndex leaves samples out of the mean too', () => {
    // Keras test_ignore_class: the second of two labels counts.
    const logits = [
      [
        [0.854, 0.698, 0.598],
        [0.088, 0.86, 0.018],
      ],
    ];
    const options = { fromLogits: true, ignoreIndex: -1 };
    const each = losses.sparseCategoricalCrossentropy([[-1, 2]], logits, { ...options, reduction: 'none' });
    expectClose(read(each), [0, 1.480129]);
    expectClose(read(losses.sparseCategoricalCrossentropy([[-1, 2]], logits, options)), [1.480129]);
    expectClose(read(losses.sparseCategoricalCrossentropy([[-1, -1]], logits, options)), [0]);
  });

  test('rejects labels that name no class', () => {
    expect(() => losses.sparseCategoricalCrossentropy([3], [[1, 0, 0]])).toThrow(
      'sparseCategoricalCrossentropy: yTrue must be made of integers in [0, 2]; received 3',
    );
    expect(() => losses.sparseCategoricalCrossentropy([0.5], [[1, 0, 0]])).toThrow('received 0.5');
    expect(() => losses.sparseCategoricalCrossentropy([0, 1], [[1, 0, 0]])).toThrow('received [2]');
  });
});

onBackends('binaryCrossentropy', () => {
  test('from probabilities', () => {
    // Keras test_unweighted
    const p = [
      [0.9, 0.1, 0.2],
      [0.3, 0.8, 0.1],
      [0.1, 0.2, 0.7],
    ];
    expectClose(read(losses.binaryCrossentropy(EYE, p)), [0.20046903], 1e-6);
    // One of four certain and wrong: −log(1 − p) / 4 with p clipped to the float below 1 − 1e-7.
    expectClose(read(losses.binaryCrossentropy([1, 0, 1, 0], [1, 1, 1, 0])), [3.98559], 1e-5);
  });

  test('from logits', () => {
    // optax SigmoidCrossEntropyTest
    const cases: [number[], number[], number][] = [
      [[-1e9, -1e-9], [1, 0], 5e8],
      [[-1e9, -1e-9], [0, 1], 0.3465736],
      [[1e9, 1e-9], [1, 0], 0.3465736],
      [[1e9, 1e-9], [0, 1], 5e8],
      [[0, 0], [1, 0], Math.LN2],
    ];
    for (const [logits, labels, expected] of cases) {
      expectClose(read(losses.binaryCrossentropy(labels, logits, { fromLogits: true })), [expected], 1e-6);
    }
    // log(1 + e⁻¹⁰): the small loss of a confident, right prediction keeps its digits.
    const small = read(losses.binaryCrossentropy([1], [10], { fromLogits: true }))[0]!;
    expect(small / Math.log1p(Math.exp(-10))).toBeCloseTo(1, 4);
  });

  test('sampleWeight', () => {
    // Keras test_sample_weighted: rows 0 and 20/3, weights 4 and 3, mean (0 + 20) / 2
    const yTrue = [
      [1, 0, 1],
      [0, 1, 1],
    ];
    const logits = [
      [10, -10, 10],
      [10, 10, -10],
    ];
    const options = { fromLogits: true, sampleWeight: [4, 3] };
    expectClose(read(losses.binaryCrossentropy(yTrue, logits, options)), [10], 1e-4);
  });
});

onBackends('hinge losses', () => {
  const yTrue = [
    [0, 1],
    [0, 0],
  ];
  const yPred = [
    [0.6, 0.4],
    [0.4, 0.6],
  ];

  test('values of Keras', () => {
    expectClose(read(losses.hinge(yTrue, yPred, { reduction: 'none' })), [1.1, 1.5]);
    expectClose(read(losses.squaredHinge(yTrue, yPred, { reduction: 'none' })), [1.46, 2.26]);
    expectClose(read(losses.categoricalHinge(yTrue, yPred, { reduction: 'none' })), [1.2, 1.6]);
  });

  test('labels of −1 and 1 stay', () => {
    const signs = [
      [-1, 1],
      [-1, -1],
    ];
    expectClose(read(losses.hinge(signs, yPred, { reduction: 'none' })), [1.1, 1.5]);
    // 0 is neither class once −1 occurs: 1 − 0·2
    expectClose(read(losses.hinge([-1, 0, 1], [2, 2, 2], { reduction: 'none' })), [3, 1, 0]);
  });
});

onBackends('divergences', () => {
  test('klDivergence', () => {
    // Keras KLDivergenceTest.setup: Σ y·log(y/p) per row
    const p = [
      [0.4, 0.9, 0.12],
      [0.36, 0.3, 0.4],
    ];
    const y = [
      [0.5, 0.8, 0.12],
      [0.7, 0.43, 0.8],
    ];
    const expected = y.map((row, i) => row.reduce((sum, v, j) => sum + v * Math.log(v / p[i]![j]!), 0));
    expectClose(read(losses.klDivergence(y, p, { reduction: 'none' })), expected);
    expectClose(read(losses.klDivergence(y, y)), [0]);
  });

  test('jensenShannon is log 2 for distributions that share nothing', () => {
    expectClose(read(losses.jensenShannon([[1, 0]], [[0, 1]])), [Math.LN2]);
    // m = (.375, .625): ½(.5·log(.5/.375) + .5·log(.5/.625)) + ½(.25·log(.25/.375) + .75·log(.75/.625))
    const expected =
      0.25 * Math.log(0.5 / 0.375) +
      0.25 * Math.log(0.5 / 0.625) +
      0.125 * Math.log(0.25 / 0.375) +
      0.375 * Math.log(0.75 / 0.625);
    expectClose(read(losses.jensenShannon([[0.5, 0.5]], [[0.25, 0.75]])), [expected]);
  });
});
