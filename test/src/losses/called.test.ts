import { expect, test } from 'vitest';
import { tf } from '../../../src/backend/index.ts';
import { ArgumentError } from '../../../src/core/check.ts';
import { descriptionOf } from '../../../src/core/description.ts';
import { lossDefinition } from '../../../src/core/losses.ts';
import { random } from '../../../src/core/random.ts';
import type { TensorLike } from '../../../src/core/types.ts';
import * as losses from '../../../src/losses/index.ts';
import { sgd } from '../../../src/optimizers/index.ts';
import { compileStep } from '../../../src/training/index.ts';
import { expectClose, onBackends, read } from '../support.ts';

type Configurable = {
  (yTrue: TensorLike, yPred: TensorLike, options?: object): tf.Tensor;
  (options?: object): losses.LossFunction;
};

const OWN: Readonly<Record<string, object>> = {
  binaryCrossentropy: { fromLogits: true, labelSmoothing: 0.1 },
  binaryFocal: { gamma: 1, alpha: null },
  categoricalCrossentropy: { fromLogits: true, classWeight: [1, 2, 3] },
  categoricalFocal: { gamma: 3 },
  contrastive: { margin: 2 },
  dice: { axis: -1 },
  huber: { delta: 0.25 },
  ntXent: { temperature: 0.1 },
  quantile: { q: 0.9 },
  sparseCategoricalCrossentropy: { fromLogits: true, ignoreIndex: 1 },
  tversky: { alpha: 0.3, beta: 0.7, axis: -1 },
};

const TWO = Object.entries(losses as unknown as Record<string, Configurable>).filter(
  ([name]) => name !== 'triplet',
);
/** Those of a truth and a prediction. */
const COMPILED = TWO.filter(([name]) => name !== 'ntXent');

/** What those take second that take no predictions. */
const second: Readonly<Record<string, string>> = { contrastive: 'distance', ntXent: 'z2' };

const LABELS = [
  [1, 0, 0],
  [0, 1, 0],
  [0, 0, 1],
  [0, 1, 0],
];
const truthOf = (name: string) => (name === 'sparseCategoricalCrossentropy' ? [0, 1, 2, 1] : LABELS);
const source = random(3);
const PREDICTED = LABELS.map((row) => row.map(() => source.uniform(0.05, 0.9)));

function classifier(): tf.Sequential {
  const kernelInitializer = tf.initializers.glorotUniform({ seed: 1 });
  return tf.sequential({
    layers: [tf.layers.dense({ units: 3, inputShape: [2], activation: 'softmax', kernelInitializer })],
  });
}

const X = [
  [0, 1],
  [1, 0],
  [1, 1],
  [-1, 0.5],
];

onBackends('a loss with its options set', () => {
  test.each(TWO)('%s: called with options alone it is itself with them', (name, loss) => {
    const options = OWN[name] ?? { sampleWeight: [1, 2, 0.5, 1] };
    const configured = loss(options);
    expect([configured.name, configured.length]).toEqual([name, 0]);
    const expected = read(loss(truthOf(name), PREDICTED, options));
    expectClose(read(configured(truthOf(name), PREDICTED)), expected, 0);
    expectClose(read(loss()(truthOf(name), PREDICTED)), read(loss(truthOf(name), PREDICTED)), 0);
    expect(read(loss({ reduction: 'sum' })(truthOf(name), PREDICTED))).toHaveLength(1);
  });

  test('triplet, of three tensors, likewise', () => {
    const [a, p, n] = [[[0, 0]], [[3, 4]], [[0, 2]]];
    expectClose(read(losses.triplet({ margin: 2 })(a, p, n)), [5 - 2 + 2]);
    expect(() => losses.triplet(a as never)).toThrow('triplet: positive must be given as well');
  });

  test.each(TWO)('%s: options are checked at once, and one tensor is too few', (name, loss) => {
    expect(() => loss({ reductoin: 'sum' })).toThrow(/received 'reductoin'; did you mean 'reduction'\?$/);
    expect(() => loss({ reduction: 'average' })).toThrow(ArgumentError);
    for (const one of [LABELS, new Float32Array(3), 1]) {
      expect(() => (loss as (y: unknown) => unknown)(one)).toThrow(
        `${name}: ${second[name] ?? 'yPred'} must be given as well; without tensors a call sets the options of a loss`,
      );
    }
    expect(() => (loss as (y: unknown) => unknown)('sum')).toThrow('options must be an object');
  });

  test('options out of range are rejected where they are set', () => {
    expect(() => losses.huber({ delta: 0 })).toThrow(
      'huber: delta must be a finite number above 0; received 0',
    );
    expect(() => losses.quantile({ q: 2 })).toThrow('quantile: q');
    expect(() => losses.binaryFocal({ labelSmoothing: 2 })).toThrow('binaryFocal: labelSmoothing');
    expect(() => losses.categoricalCrossentropy({ classWeight: [1, -1] })).toThrow(
      'categoricalCrossentropy: classWeight[1] must be a finite number of at least 0; received -1',
    );
  });

  test('it says what it is', () => {
    expect(descriptionOf(losses.huber({ delta: 2 }))).toMatchObject({
      kind: 'loss',
      name: 'huber',
      options: { delta: 2, axis: -1, reduction: 'mean' },
      parameters: ['yTrue', 'yPred'],
    });
    expect(lossDefinition(losses.huber({ delta: 2 }))?.options).toEqual({ delta: 2 });
    expect(lossDefinition((y: tf.Tensor, p: tf.Tensor) => losses.huber(y, p))).toBeUndefined();
  });

  test.each(COMPILED)('%s goes into model.compile with its options', async (name, loss) => {
    const configured = loss(OWN[name] ?? {});
    const model = classifier();
    const optimizer = sgd({ learningRate: 0.1 });
    const [x, y] = [tf.tensor(X), tf.tensor(truthOf(name))];
    model.compile({ loss: configured, optimizer, metrics: ['accuracy'] });
    const predicted = model.predict(x) as tf.Tensor;
    const [reported, accuracy] = model.evaluate(x, y, { batchSize: 4 }) as tf.Scalar[];
    expectClose(read(reported!), read(configured(y, predicted)));
    const { history } = await model.fit(x, y, { epochs: 5, batchSize: 4, verbose: 0 });
    expect(Number(history.loss!.at(-1))).toBeLessThan(Number(history.loss![0]));
    for (const used of [x, y, predicted, accuracy!, model, optimizer]) used.dispose();
  });

  test.each(['mean', 'sum'] as const)(
    'the reduction %s is the loss of the batch, also with weights',
    async (reduction) => {
      const model = classifier();
      const optimizer = sgd({ learningRate: 0 });
      const [x, y] = [tf.tensor(X), tf.tensor1d([0, 1, 2, 1])];
      const loss = losses.sparseCategoricalCrossentropy({ ignoreIndex: 2, reduction });
      model.compile({ loss, optimizer });
      const predicted = model.predict(x) as tf.Tensor;
      const options = { ignoreIndex: 2, reduction };
      const run = async (classWeight?: Record<number, number>) => {
        const weights = classWeight ? { classWeight } : {};
        const { history } = await model.fit(x, y, { epochs: 1, batchSize: 4, verbose: 0, ...weights });
        return [Number(history.loss![0])];
      };
      expectClose(await run(), read(losses.sparseCategoricalCrossentropy(y, predicted, options)));
      const weights = { 0: 5, 1: 0.5, 2: 1 };
      expectClose(
        await run(weights),
        read(losses.sparseCategoricalCrossentropy(y, predicted, { ...options, classWeight: weights })),
      );
      for (const used of [x, y, predicted, model, optimizer]) used.dispose();
    },
  );

  test('a step of compileStep trains with it as the ordinary step does', () => {
    const [x, y] = [tf.tensor(X), tf.tensor(LABELS)];
    for (const loss of [
      losses.categoricalFocal(),
      losses.categoricalCrossentropy(),
      losses.categoricalCrossentropy({ classWeight: { 1: 3 } }),
      losses.huber({ delta: 0.1 }),
    ]) {
      const [a, b] = [classifier(), classifier()];
      const optimizers = [sgd({ learningRate: 0.5 }), sgd({ learningRate: 0.5 })] as const;
      const step = compileStep(a, { loss, optimizer: optimizers[0] });
      for (let i = 0; i < 3; i++) {
        const expected = optimizers[1].minimize(
          () => loss(y, b.apply(x, { training: true }) as tf.Tensor) as tf.Scalar,
          true,
        )!;
        expectClose([step(x, y)], read(expected));
      }
      step.dispose();
      for (const used of [a, b, ...optimizers]) used.dispose();
    }
    for (const used of [x, y]) used.dispose();
  });
});

test('a loss is a function of its tensors for the types as well', () => {
  // What is checked here are the types: a loss, with or without options set, is a function to a scalar.
  const functions: ((yTrue: tf.Tensor, yPred: tf.Tensor) => tf.Scalar)[] = [
    losses.huber,
    losses.huber({ delta: 2 }),
    losses.categoricalFocal(),
  ];
  const compiled: Parameters<tf.LayersModel['compile']>[0]['loss'][] = [...functions, losses.dice];
  const each: (yTrue: tf.Tensor, yPred: tf.Tensor) => tf.Tensor = losses.huber({ reduction: 'none' });
  // @ts-expect-error one loss a sample is no scalar
  const scalar: (yTrue: tf.Tensor, yPred: tf.Tensor) => tf.Scalar = losses.huber({ reduction: 'none' });
  // @ts-expect-error an option that it does not have
  expect(() => losses.huber({ gamma: 2 })).toThrow(ArgumentError);
  expect([...compiled, each, scalar].every((loss) => typeof loss === 'function')).toBe(true);
});
