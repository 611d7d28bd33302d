import { expect, test } from 'vitest';
import { tf } from '../../../../src/backend/index.ts';
import * as losses from '../../../../src/losses/index.ts';
import { sgd } from '../../../../src/optimizers/index.ts';
import * as training from '../../../../src/training/index.ts';
import { uncompiled } from '../../backend/compiled/support.ts';
import { expectClose, onBackends } from '../../support.ts';
import { errorOf, free, weightsOf } from '../support.ts';

type ClassWeight = NonNullable<training.FitOptions['classWeight']>;

const X = [[1], [2], [3], [4]];
const KERNEL = [[0.5, 0, -0.5]];
const RATE = 0.1;

/** −log p of a class of the logits x·KERNEL, and its gradient by the logits. */
function crossentropy(x: number, label: number): { loss: number; slopes: number[] } {
  const powers = KERNEL[0]!.map((w) => Math.exp(w * x));
  const all = powers.reduce((sum, one) => sum + one, 0);
  const slopes = powers.map((one, k) => one / all - (k === label ? 1 : 0));
  return { loss: -Math.log(powers[label]! / all), slopes };
}

/** The loss before a step of gradient descent, and the kernel after it, where −1 is no label. */
function expected(labels: number[], factors: readonly number[]): { loss: number; kernel: number[] } {
  const known = labels.flatMap((label, i) => (label < 0 ? [] : [{ label, x: X[i]![0]! }]));
  const kernel = [...KERNEL[0]!];
  let total = 0;
  for (const { label, x } of known) {
    const { loss, slopes } = crossentropy(x, label);
    total += (factors[label]! * loss) / known.length;
    slopes.forEach((slope, k) => {
      kernel[k]! -= (RATE * factors[label]! * slope * x) / known.length;
    });
  }
  return { loss: total, kernel };
}

/** A step of a model with an output for each list of labels: the loss, and the kernels after it. */
async function step(labels: number[][], classWeight: ClassWeight) {
  const input = tf.input({ shape: [1] });
  const outputs = labels.map((_, i) =>
    tf.layers.dense({ units: 3, useBias: false, name: 'ab'[i]! }).apply(input),
  );
  const model = tf.model({ inputs: input, outputs: outputs as tf.SymbolicTensor[] });
  const kernel = tf.tensor(KERNEL);
  model.setWeights(labels.map(() => kernel));
  kernel.dispose();
  const loss = losses.sparseCategoricalCrossentropy({ fromLogits: true, ignoreIndex: -1 });
  model.compile({ optimizer: sgd({ learningRate: RATE }), loss: labels.map(() => loss) });
  const y = labels.length === 1 ? labels[0]! : labels;
  try {
    const { history } = await training.fit(model, [X, y], { epochs: 1, batchSize: 4, classWeight });
    return { loss: history.loss![0]!, kernels: weightsOf(model) };
  } finally {
    free(model);
  }
}

const A = [0, -1, 2, -1];
const B = [1, 0, -1, 1];
const ONE = { 0: 1, 1: 3, 2: 5 };
const TWO = { 0: 2, 1: 4, 2: 1 };

const cases: [form: string, labels: number[][], given: ClassWeight, factors: number[][]][] = [
  ['by class', [A], ONE, [[1, 3, 5]]],
  ['by class, with a weight for what is ignored', [A], { ...ONE, [-1]: 7 }, [[1, 3, 5]]],
  ['in a list', [A], [ONE], [[1, 3, 5]]],
  ['by output', [A], { a: ONE }, [[1, 3, 5]]],
  [
    'in a list of two outputs',
    [A, B],
    [ONE, TWO],
    [
      [1, 3, 5],
      [2, 4, 1],
    ],
  ],
  [
    'by two outputs',
    [A, B],
    { b: TWO, a: ONE },
    [
      [1, 3, 5],
      [2, 4, 1],
    ],
  ],
];

onBackends('class weights of a loss with ignoreIndex', () => {
  test.each(cases)('%s: ignored labels need none', async (_, labels, given, factors) => {
    const each = labels.map((one, i) => expected(one, factors[i]!));
    for (const run of [await step(labels, given), await uncompiled(() => step(labels, given))]) {
      expectClose([run.loss], [each.reduce((sum, { loss }) => sum + loss, 0)]);
      run.kernels.forEach((kernel, i) => {
        expectClose(kernel, each[i]!.kernel);
      });
    }
  });

  test('labels that count still do', async () => {
    const { message } = await errorOf(() => step([A], { 0: 1, 1: 3 }));
    expect(message).toContain('The class 2 exists in the data but not in classWeight');
  });
});
