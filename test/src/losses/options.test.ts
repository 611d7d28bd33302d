import { expect, test } from 'vitest';
import { tf } from '../../../src/backend/index.ts';
import { ArgumentError } from '../../../src/core/check.ts';
import type { TensorLike } from '../../../src/core/types.ts';
import * as losses from '../../../src/losses/index.ts';
import { expectClose, onBackends, read } from '../support.ts';

type Loss = (yTrue: TensorLike, yPred: TensorLike, options?: object) => tf.Tensor;

const Y = [
  [1, 0, 0],
  [0, 1, 0],
  [0, 0, 1],
];
const P = [
  [0.7, 0.2, 0.1],
  [0.3, 0.4, 0.3],
  [0.5, 0.25, 0.25],
];
const MASK = [true, false, true];
const BROKEN = [P[0]!, [Number.NaN, Number.POSITIVE_INFINITY, -7], P[2]!];
const kept = <T>(rows: readonly T[]): T[] => rows.filter((_, i) => MASK[i]);

const all = new Map<string, unknown>(Object.entries(losses));
const sparse = 'sparseCategoricalCrossentropy';
/** Each loss of two tensors with a truth of three samples that fits `P`. */
const PAIRS = [...all.entries()]
  .filter(([name]) => !['triplet', 'ntXent', 'contrastive', 'dice', 'tversky'].includes(name))
  .map(([name, loss]): [string, Loss, (number | number[])[]] => [
    name,
    loss as Loss,
    name === sparse ? [0, 1, 2] : Y,
  ]);

onBackends('mask', () => {
  test.each(PAIRS)('%s is the loss of the samples that count, whatever the others hold', (_, loss, y) => {
    for (const reduction of ['mean', 'sum']) {
      const expected = read(loss(kept(y), kept(P), { reduction, sampleWeight: [2, 0.5] }));
      const options = { reduction, mask: MASK, sampleWeight: [2, 100, 0.5] };
      expectClose(read(loss(y, BROKEN, options)), expected, 1e-6);
    }
    const each = read(loss(y, BROKEN, { reduction: 'none', mask: MASK }));
    expectClose(each, [each[0]!, 0, each[2]!], 0);
    expect(read(loss(y, BROKEN, { mask: [0, 0, 0] }))).toEqual([0]);
  });

  test.each(PAIRS)('%s has the gradient 0 where it is masked', (_, loss, y) => {
    const gradient = (truth: TensorLike, x: number[][], options: object) =>
      read(tf.tidy(() => tf.grad((p) => loss(truth, p, options))(tf.tensor(x))));
    const expected = gradient(kept(y), kept(P), {});
    const masked = gradient(y, BROKEN, { mask: MASK });
    expectClose(masked, [...expected.slice(0, 3), 0, 0, 0, ...expected.slice(3)], 1e-6);
  });

  test('a sequence may have a mask of its steps, of its samples, or with a last axis of one', () => {
    const [y, p] = [
      [
        [[1], [2]],
        [[3], [4]],
      ],
      [
        [[0], [0]],
        [[0], [9]],
      ],
    ];
    const of = (mask: TensorLike) => read(losses.meanAbsoluteError(y, p, { mask }))[0]!;
    const steps = [
      [1, 1],
      [1, 0],
    ];
    expectClose([of(steps), of(steps.map((row) => row.map((v) => [v]))), of([0, 1]), of(1)], [2, 2, 4, 2.75]);
    expect(() => of([1, 0, 1])).toThrow(
      'meanAbsoluteError: mask must be a number or of the shape [2,2] or its leading sizes; received [3]',
    );
  });

  test('pixels that are masked are in no overlap', () => {
    const [y, p] = [
      [1, 1, 0, 0],
      [1, 0.5, 0.25, 0],
    ];
    const masked = read(losses.dice(y, [1, Number.NaN, 0.25, 0], { mask: [1, 0, 1, 1] }));
    expectClose(masked, [1 - (2 * 1) / (1 + 1.25)]);
    expectClose(read(losses.dice(y, p, { mask: [1, 1, 1, 1] })), read(losses.dice(y, p)), 0);
    const options = { alpha: 0.3, beta: 0.7 };
    const without = read(losses.tversky([1, 0, 0], [1, 0.25, 0], options));
    expectClose(read(losses.tversky(y, p, { ...options, mask: [1, 0, 1, 1] })), without, 1e-6);
  });

  test('of triplets, pairs and views: those that are masked are not there', () => {
    const [a, b, c] = [P, Y, [...P].reverse()];
    const broken = [b[0]!, [Number.NaN, 0, 0], b[2]!];
    expectClose(
      read(losses.triplet(a, broken, c, { mask: MASK })),
      read(losses.triplet(kept(a), kept(b), kept(c))),
    );
    expectClose(
      read(losses.contrastive([1, 5, 0], [0.5, Number.NaN, 0.25], { mask: MASK })),
      read(losses.contrastive([1, 0], [0.5, 0.25])),
    );
    // Nor are they negatives of the others.
    expectClose(
      read(losses.ntXent(a, broken, { mask: MASK, temperature: 0.2 })),
      read(losses.ntXent(kept(a), kept(b), { temperature: 0.2 })),
    );
    expect(() => losses.ntXent(a, b, { mask: [1, 0] })).toThrow('ntXent: mask must be');
  });

  test('and ignoreIndex together leave out both', () => {
    const options = { ignoreIndex: -1, mask: [1, 1, 0] };
    expectClose(read(losses.sparseCategoricalCrossentropy([0, -1, 7], P, options)), [-Math.log(0.7)]);
  });
});

onBackends('classWeight', () => {
  const weights = [0.5, 2, 3];

  test.each([
    ['categoricalCrossentropy', losses.categoricalCrossentropy, Y],
    ['categoricalFocal', losses.categoricalFocal, Y],
    ['categoricalHinge', losses.categoricalHinge, Y],
    [sparse, losses.sparseCategoricalCrossentropy, [0, 1, 2]],
  ] as [string, Loss, number[]][])('%s: a sample weighs as much as its class', (_, loss, y) => {
    const expected = read(loss(y, P, { sampleWeight: weights }));
    expectClose(read(loss(y, P, { classWeight: weights })), expected, 1e-6);
    expectClose(read(loss(y, P, { classWeight: { 0: 0.5, 1: 2, 2: 3 } })), expected, 1e-6);
    const third = read(loss(y, P, { sampleWeight: [1, 1, 3] }));
    expectClose(read(loss(y, P, { classWeight: { 2: 3 } })), third, 1e-6);
  });

  test.each([
    ['binaryCrossentropy', losses.binaryCrossentropy, [0, 1, 1]],
    ['binaryFocal', losses.binaryFocal, [0, 1, 1]],
    ['hinge', losses.hinge, [0, 1, 1]],
    ['squaredHinge', losses.squaredHinge, [-1, 1, 1]],
  ] as [string, Loss, number[]][])('%s: of two classes, by value', (_, loss, y) => {
    const p = [0.2, 0.9, 0.4];
    const expected = read(loss(y, p, { sampleWeight: [1, 5, 5] }));
    expectClose(read(loss(y, p, { classWeight: [1, 5] })), expected, 1e-6);
    expectClose(read(loss(y, p, { classWeight: { 1: 5 } })), expected, 1e-6);
  });

  test('of a label that is spread over classes is the mean under it; smoothing changes no weight', () => {
    const y = [[0.25, 0.75, 0]];
    const factor = 0.25 * 0.5 + 0.75 * 2;
    for (const labelSmoothing of [0, 0.3]) {
      const plain = read(losses.categoricalCrossentropy(y, [P[0]!], { labelSmoothing }))[0]!;
      const weighed = losses.categoricalCrossentropy(y, [P[0]!], { labelSmoothing, classWeight: weights });
      expectClose(read(weighed), [factor * plain]);
    }
    // Along another axis.
    const transposed = (rows: number[][]) => rows[0]!.map((_, j) => rows.map((row) => row[j]!));
    expectClose(
      read(losses.categoricalCrossentropy(transposed(Y), transposed(P), { axis: 0, classWeight: weights })),
      read(losses.categoricalCrossentropy(Y, P, { classWeight: weights })),
    );
  });

  test('that does not fit is an error', () => {
    const of = (classWeight: unknown) => () =>
      losses.categoricalCrossentropy(Y, P, { classWeight } as object);
    expect(of([1, 2])).toThrow(
      'categoricalCrossentropy: classWeight must be factors of the 3 classes; received 2 factors',
    );
    expect(of({ 3: 1 })).toThrow('classWeight must be factors of the 3 classes; received one for class 3');
    for (const bad of [null, 3, 'balanced', {}, { cat: 2 }]) {
      expect(of(bad)).toThrow('classWeight must be an array of factors, one for each class, or an object of');
    }
    expect(of([1, Number.NaN, 1])).toThrow(
      'classWeight[1] must be a finite number of at least 0; received NaN',
    );
    expect(() => losses.hinge([1], [1], { classWeight: [1, 2, 3] })).toThrow('factors of the 2 classes');
  });
});

onBackends('bad input', () => {
  const probabilistic = [
    ['binaryCrossentropy', losses.binaryCrossentropy, Y],
    ['categoricalCrossentropy', losses.categoricalCrossentropy, Y],
    ['binaryFocal', losses.binaryFocal, Y],
    ['categoricalFocal', losses.categoricalFocal, Y],
    [sparse, losses.sparseCategoricalCrossentropy, [0, 1, 2]],
  ] as [string, Loss, number[]][];

  test.each(probabilistic)('%s: predictions outside [0, 1] are not probabilities', (name, loss, y) => {
    for (const value of [1.01, -0.01, 12, Number.POSITIVE_INFINITY]) {
      const p = [P[0]!, P[1]!, [0.5, value, 0.2]];
      expect(() => read(loss(y, p))).toThrow(
        `${name}: yPred must be made of probabilities in [0, 1] (logits are taken with { fromLogits: true }); ` +
          `received ${Math.fround(value)}`,
      );
      if (Number.isFinite(value)) expect(read(loss(y, p, { fromLogits: true }))[0]).toBeGreaterThan(0);
    }
    // What rounding adds to a softmax is no error.
    expect(read(loss(y, [P[0]!, P[1]!, [1.000001, -1e-7, 0]]))[0]).toBeGreaterThan(0);
    expect(() => loss(y, P, { fromLogits: 1 })).toThrow(
      `${name}: fromLogits must be true or false; received 1`,
    );
  });

  test.each(probabilistic.slice(0, 4))('%s: labels outside [0, 1] are none', (name, loss) => {
    for (const value of [-1, 2]) {
      expect(() => loss([[value, 0, 0]], [P[0]!])).toThrow(
        `${name}: yTrue must be made of labels in [0, 1]; received ${value}`,
      );
    }
  });

  test('of other losses', () => {
    const rejects = (call: () => unknown, message: string) => expect(call).toThrow(message);
    rejects(
      () => losses.hinge([2], [0.1]),
      'hinge: yTrue must be made of labels −1 and 1, or 0 and 1; received 2',
    );
    rejects(
      () => losses.klDivergence([[2, 1]], [[1, 0]]),
      'klDivergence: yTrue must be made of probabilities in',
    );
    rejects(() => losses.jensenShannon([[0, 1]], [[-1, 2]]), 'jensenShannon: yPred must be made of prob');
    rejects(
      () => losses.poisson([-1], [1]),
      'poisson: yTrue must be made of counts of at least 0; received -1',
    );
    rejects(
      () => losses.poisson([1], [-1]),
      'poisson: yPred must be made of rates of at least 0; received -1',
    );
    rejects(
      () => losses.contrastive([2], [1]),
      'contrastive: same must be made of labels in [0, 1]; received 2',
    );
    rejects(
      () => losses.contrastive([1, 0], [1, -0.5]),
      'contrastive: distance must be made of distances of at least 0; received -0.5',
    );
    for (const label of [3, -1, 0.5, Number.NaN]) {
      rejects(
        () => losses.sparseCategoricalCrossentropy([0, label], P.slice(1)),
        `${sparse}: yTrue must be made of integers in [0, 2]; received ${label}`,
      );
    }
  });

  test.each([...all.entries()])('%s of an empty batch is an error, not NaN', (name, loss) => {
    const empty = tf.zeros([0, 3]);
    const inputs = name === 'triplet' ? [empty, empty, empty] : [name === sparse ? [] : empty, empty];
    const call = () => Reflect.apply(loss as never, undefined, inputs);
    expect(call).toThrow(ArgumentError);
    expect(call).toThrow(/must be of at least one sample; received an empty batch, \[0(,3)?\]$/);
    empty.dispose();
  });

  test.each([...all.entries()])('%s leaves no tensor on a way to an error', (name, loss) => {
    const [y, p] = [tf.tensor(Y), tf.tensor(P)];
    const three = name === 'triplet';
    const classes = tf.tensor1d([0, 1, 2], 'int32');
    const good: unknown[] = three ? [y, p, p] : [name === sparse ? classes : y, p];
    const call =
      (options: object, inputs = good) =>
      () =>
        Reflect.apply(loss as never, undefined, [...inputs, options]);
    const errors = [
      call({ sampleWeight: [1, 2, 3, 4, 5] }),
      call({ mask: [1, 2, 3, 4, 5] }),
      call({ sampleWeight: [[1], 2] }),
      call({ reduction: 'all' }),
      call({}, [...good.slice(0, -1), [[1, 2]]]),
      call({}, [...good.slice(0, -1), 'nothing']),
    ];
    for (const wrong of errors) {
      const before = tf.memory().numTensors;
      expect(wrong).toThrow(ArgumentError);
      expect(tf.memory().numTensors).toBe(before);
    }
    // Also where it is differentiated.
    const wrong = (x: tf.Tensor) => call({ mask: [1, 2, 3, 4, 5] }, [...good.slice(0, -1), x])() as tf.Tensor;
    const before = tf.memory().numTensors;
    expect(() => tf.grad(wrong)(p)).toThrow(ArgumentError);
    expect(tf.memory().numTensors).toBe(before);
    for (const used of [y, p, classes]) used.dispose();
  });
});
