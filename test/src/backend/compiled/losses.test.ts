import { describe, expect, it } from 'vitest';
import { fits, fusedLoss } from '../../../../src/backend/compiled/losses.ts';
import { tf } from '../../../../src/backend/index.ts';
import * as losses from '../../../../src/losses/index.ts';
import { expectClose } from '../../support.ts';

const LABELS = [0, 1, 0, 1, 0, 0, 0, 0.25, 0.75];
const PROBABLE = [0.2, 0.7, 0.1, 0.5, 0, 0.5, 1, 0.3, 0.6];
const LOGITS = [-1.5, 0, 2, 1e4, -1e4, 3, -1e4, 1e4, 20];
const CLASSES = [1, 0, 2];
const NONE = Number.NEGATIVE_INFINITY;
const IMPOSSIBLE = [NONE, 0, 2, 1, NONE, NONE, NONE, 0.5, 1];
const ONE_HOT = [0, 1, 0, 1, 0, 0, 0, 0, 1];

const logits = { fromLogits: true };
const cases: readonly (readonly [
  name: string,
  loss: losses.LossFunction,
  truth: number[],
  prediction: number[],
])[] = [
  ['meanSquaredError', losses.meanSquaredError(), LABELS, LOGITS],
  ['meanAbsoluteError', losses.meanAbsoluteError({ reduction: 'mean' }), LABELS, LOGITS],
  ['categoricalCrossentropy', losses.categoricalCrossentropy(), LABELS, PROBABLE],
  ['sparseCategoricalCrossentropy', losses.sparseCategoricalCrossentropy(), CLASSES, PROBABLE],
  ['binaryCrossentropy', losses.binaryCrossentropy({ labelSmoothing: 0 }), LABELS, PROBABLE],
  ['categoricalCrossentropy of logits', losses.categoricalCrossentropy(logits), LABELS, LOGITS],
  ['sparseCategoricalCrossentropy of logits', losses.sparseCategoricalCrossentropy(logits), CLASSES, LOGITS],
  ['categoricalCrossentropy of −Infinity', losses.categoricalCrossentropy(logits), ONE_HOT, IMPOSSIBLE],
  ['sparse of −Infinity', losses.sparseCategoricalCrossentropy(logits), CLASSES, IMPOSSIBLE],
  ['binaryCrossentropy of logits', losses.binaryCrossentropy(logits), LABELS, LOGITS],
];

function run(loss: losses.LossFunction, truth: readonly number[], prediction: readonly number[]) {
  const gradient = new Float32Array(prediction.length);
  const data = { truth, prediction: Float32Array.from(prediction), gradient, columns: 3 };
  return { value: fusedLoss(loss)!(data), gradient: [...gradient] };
}

describe('fused losses', () => {
  it.each(cases)('%s: value and gradient are those of the loss itself', (_, loss, truth, prediction) => {
    const { value, gradient } = run(loss, truth, prediction);
    const y = tf.tensor(truth, truth.length === 3 ? [3] : [3, 3]);
    const { value: expected, grad } = tf.valueAndGrad((p: tf.Tensor) => loss(y, p) as tf.Scalar)(
      tf.tensor(prediction, [3, 3]),
    );
    expectClose([value], [...expected.dataSync()], 1e-6);
    expectClose(gradient, [...grad.dataSync()], 1e-6);
    for (const used of [y, expected, grad]) used.dispose();
  });

  it('rejects what the losses reject, and NaN stays NaN', () => {
    const probable = [0.2, 0.7, 0.1];
    const of = (loss: losses.LossFunction, y: number[], p: number[]) => () => run(loss, y, p);
    expect(of(losses.categoricalCrossentropy(), [0, 1, 0], [0, 3.5, 0])).toThrow(
      'categoricalCrossentropy: yPred must be made of probabilities in [0, 1]',
    );
    expect(of(losses.binaryCrossentropy(), [-1, 1, 1], probable)).toThrow(
      'binaryCrossentropy: yTrue must be made of labels in [0, 1]; received -1',
    );
    for (const loss of [
      losses.sparseCategoricalCrossentropy(),
      losses.sparseCategoricalCrossentropy(logits),
    ]) {
      expect(of(loss, [3], probable)).toThrow('yTrue must be made of integers in [0, 2]; received 3');
    }
    expect(of(losses.categoricalCrossentropy(logits), [2, 0, 0], probable)).toThrow(
      'made of labels in [0, 1]',
    );
    const broken = run(losses.categoricalCrossentropy(logits), [0, 1, 0], [Number.NaN, 1, 1]);
    expect([broken.value, ...broken.gradient].every(Number.isNaN)).toBe(true);
  });

  it('leaves losses with other options to tfjs', () => {
    expect(fusedLoss(losses.categoricalCrossentropy({ labelSmoothing: 0.1 }))).toBeUndefined();
    expect(fusedLoss(losses.meanSquaredError({ reduction: 'sum' }))).toBeUndefined();
    expect(fusedLoss(losses.huber())).toBeUndefined();
    expect(fusedLoss(losses.huber)).toBeUndefined();
    expect(fusedLoss(() => tf.scalar(1))).toBeUndefined();
    expect(fusedLoss(losses.meanSquaredError)).toBe(fusedLoss(losses.meanSquaredError()));
  });

  it('fits class numbers to logits of the shape but for the classes', () => {
    const sparse = fusedLoss(losses.sparseCategoricalCrossentropy(logits))!;
    expect([fits(sparse, [4], [4, 3]), fits(sparse, [4, 1], [4, 3]), fits(sparse, [4, 3], [4, 3])]).toEqual([
      true,
      true,
      false,
    ]);
  });
});
