import { checkIndex, checkLabels } from '../../core/values.ts';
import type { FusedLoss } from './losses.ts';

// The losses on probabilities of logits, where the gradient is the probability less the label.

/** log Σ exp x of a row of logits. */
function logSumExp(x: Float32Array, start: number, columns: number): number {
  let most = -Infinity;
  for (let j = 0; j < columns; j++) if (x[start + j]! > most) most = x[start + j]!;
  let sum = 0;
  for (let j = 0; j < columns; j++) sum += Math.exp(x[start + j]! - most);
  return most + Math.log(sum);
}

export const categoricalOfLogits: FusedLoss = ({ truth, prediction, gradient, columns }) => {
  checkLabels('categoricalCrossentropy', truth);
  const rows = prediction.length / columns;
  let total = 0;
  for (let row = 0; row < rows; row++) {
    const start = row * columns;
    const top = logSumExp(prediction, start, columns);
    let labels = 0;
    for (let j = 0; j < columns; j++) labels += truth[start + j]!;
    for (let i = start; i < start + columns; i++) {
      const y = truth[i]!;
      // The limit of 0·log 0, where the product is NaN; an unknown `top` stays so.
      total += y * (y === 0 ? top : top - prediction[i]!);
      gradient[i] = (labels * Math.exp(prediction[i]! - top) - y) / rows;
    }
  }
  return total / rows;
};

export const sparseOfLogits: FusedLoss = ({ truth, prediction, gradient, columns }) => {
  const rows = prediction.length / columns;
  let total = 0;
  for (let row = 0; row < rows; row++) {
    const label = truth[row]!;
    checkIndex('sparseCategoricalCrossentropy', label, columns);
    const start = row * columns;
    const top = logSumExp(prediction, start, columns);
    for (let i = start; i < start + columns; i++) gradient[i] = Math.exp(prediction[i]! - top) / rows;
    gradient[start + label]! -= 1 / rows;
    total += top - prediction[start + label]!;
  }
  return total / rows;
};

const softplus = (x: number): number => Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));

export const binaryOfLogits: FusedLoss = ({ truth, prediction, gradient }) => {
  checkLabels('binaryCrossentropy', truth);
  const count = prediction.length;
  let total = 0;
  for (let i = 0; i < count; i++) {
    const [y, x] = [truth[i]!, prediction[i]!];
    total += y * softplus(-x) + (1 - y) * softplus(x);
    gradient[i] = (1 / (1 + Math.exp(-x)) - y) / count;
  }
  return total / count;
};
