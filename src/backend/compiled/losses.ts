import { lossDefinition } from '../../core/losses.ts';
import { checkIndex, checkLabels, checkProbabilities } from '../../core/values.ts';
import { binaryOfLogits, categoricalOfLogits, sparseOfLogits } from './logits.ts';

// Losses whose value and gradient are computed at once, without tensors: those of the toolkit and of tfjs by name
// that most models train with. All others are differentiated by tfjs.

/** Predictions, targets and the place of the gradient of one output; rows of `columns`. */
interface LossData {
  readonly truth: ArrayLike<number>;
  readonly prediction: Float32Array;
  readonly gradient: Float32Array;
  readonly columns: number;
}

/** Writes the gradient of the mean loss and returns its value. */
export type FusedLoss = (data: LossData) => number;

const EPSILON = 1e-7;
const HIGH = Math.fround(1 - EPSILON);
const LOW = Math.fround(EPSILON);

const clipped = (p: number): number => (p < LOW ? LOW : p > HIGH ? HIGH : p);
const isInside = (p: number): boolean => p >= LOW && p <= HIGH;

const meanSquaredError: FusedLoss = ({ truth, prediction, gradient }) => {
  const count = prediction.length;
  let sum = 0;
  for (let i = 0; i < count; i++) {
    const difference = prediction[i]! - truth[i]!;
    sum += difference * difference;
    gradient[i] = (2 * difference) / count;
  }
  return sum / count;
};

const meanAbsoluteError: FusedLoss = ({ truth, prediction, gradient }) => {
  const count = prediction.length;
  let sum = 0;
  for (let i = 0; i < count; i++) {
    const difference = prediction[i]! - truth[i]!;
    sum += Math.abs(difference);
    gradient[i] = Math.sign(difference) / count;
  }
  return sum / count;
};

const categoricalCrossentropy: FusedLoss = ({ truth, prediction, gradient, columns }) => {
  const count = prediction.length;
  const rows = count / columns;
  let sum = 0;
  for (let i = 0; i < count; i++) {
    const [y, p] = [truth[i]!, prediction[i]!];
    if (y === 0) {
      gradient[i] = p * 0;
      sum += p * 0;
      continue;
    }
    sum -= y * Math.log(clipped(p));
    gradient[i] = isInside(p) ? -y / p / rows : Number.isNaN(p) ? p : 0;
  }
  return sum / rows;
};

const sparseCategoricalCrossentropy: FusedLoss = ({ truth, prediction, gradient, columns }) => {
  const rows = prediction.length / columns;
  let sum = 0;
  gradient.fill(0);
  for (let row = 0; row < rows; row++) {
    const label = truth[row]!;
    checkIndex('sparseCategoricalCrossentropy', label, columns);
    const i = row * columns + label;
    const p = prediction[i]!;
    sum -= Math.log(clipped(p));
    gradient[i] = isInside(p) ? -1 / p / rows : Number.isNaN(p) ? p : 0;
  }
  return sum / rows;
};

const binaryCrossentropy: FusedLoss = ({ truth, prediction, gradient }) => {
  const count = prediction.length;
  let sum = 0;
  for (let i = 0; i < count; i++) {
    const [y, p] = [truth[i]!, prediction[i]!];
    const q = clipped(p);
    sum -= y * Math.log(q) + (1 - y) * Math.log(1 - q);
    gradient[i] = isInside(p) ? (q - y) / (q * (1 - q)) / count : Number.isNaN(p) ? p : 0;
  }
  return sum / count;
};

/** tfjs's own, which divides the predictions of a row by their sum first. */
function normalized(
  labelOf: (truth: ArrayLike<number>, row: number, column: number, columns: number) => number,
): FusedLoss {
  return ({ truth, prediction, gradient, columns }) => {
    const rows = prediction.length / columns;
    let total = 0;
    for (let row = 0; row < rows; row++) {
      const start = row * columns;
      let sum = 0;
      for (let j = 0; j < columns; j++) sum += prediction[start + j]!;
      let along = 0;
      for (let j = 0; j < columns; j++) {
        const y = labelOf(truth, row, j, columns);
        const q = prediction[start + j]! / sum;
        total -= y === 0 ? q * 0 : y * Math.log(clipped(q));
        const slope = isInside(q) && y !== 0 ? -y / q / rows : q * 0;
        gradient[start + j] = slope;
        along += slope * q;
      }
      for (let j = 0; j < columns; j++) gradient[start + j] = (gradient[start + j]! - along) / sum;
    }
    return total / rows;
  };
}

const tfjsCategorical = normalized((truth, row, column, columns) => truth[row * columns + column]!);
const tfjsSparse = normalized((truth, row, column) => Number(Math.floor(truth[row]!) === column));

/** The toolkit's, which rejects what are no probabilities and no labels. */
function checked(name: string, loss: FusedLoss): FusedLoss {
  return (data) => {
    checkProbabilities(name, data.prediction);
    if (loss !== sparseCategoricalCrossentropy) checkLabels(name, data.truth);
    return loss(data);
  };
}

const toolkitSparse = checked('sparseCategoricalCrossentropy', sparseCategoricalCrossentropy);

/** The toolkit's, by name. */
const toolkit: Readonly<Record<string, FusedLoss>> = {
  meanSquaredError,
  meanAbsoluteError,
  categoricalCrossentropy: checked('categoricalCrossentropy', categoricalCrossentropy),
  sparseCategoricalCrossentropy: toolkitSparse,
  binaryCrossentropy: checked('binaryCrossentropy', binaryCrossentropy),
};

/** The toolkit's with `fromLogits`, by name. */
const ofLogits: Readonly<Record<string, FusedLoss>> = {
  categoricalCrossentropy: categoricalOfLogits,
  sparseCategoricalCrossentropy: sparseOfLogits,
  binaryCrossentropy: binaryOfLogits,
};

/** tfjs's own, by the strings that `model.compile` takes. */
const tfjs: Readonly<Record<string, FusedLoss>> = {
  meanSquaredError,
  mse: meanSquaredError,
  MSE: meanSquaredError,
  meanAbsoluteError,
  mae: meanAbsoluteError,
  MAE: meanAbsoluteError,
  categoricalCrossentropy: tfjsCategorical,
  sparseCategoricalCrossentropy: tfjsSparse,
  binaryCrossentropy,
};

/** What options are when they change nothing. */
const NEUTRAL: Readonly<Record<string, unknown>> = { labelSmoothing: 0, reduction: 'mean' };

/** The fused form of a loss: one of the toolkit with no other option than `fromLogits`, or the name of one of tfjs. */
export function fusedLoss(loss: unknown): FusedLoss | undefined {
  if (typeof loss === 'string') return Object.hasOwn(tfjs, loss) ? tfjs[loss] : undefined;
  const { name = '', options = {} } = lossDefinition(loss) ?? {};
  const { fromLogits = false, ...others } = options;
  const isPlain = Object.entries(others).every(([key, value]) => NEUTRAL[key] === value);
  const known = fromLogits ? ofLogits : toolkit;
  return isPlain && Object.hasOwn(known, name) ? known[name] : undefined;
}

const SPARSE: ReadonlySet<FusedLoss> = new Set([toolkitSparse, sparseOfLogits, tfjsSparse]);

/** Whether targets of that shape fit predictions of the other; those that do not are left to the loss itself. */
export function fits(loss: FusedLoss, truth: readonly number[], prediction: readonly number[]): boolean {
  if (!SPARSE.has(loss)) return String(truth) === String(prediction);
  const labels = truth.length === prediction.length && truth.at(-1) === 1 ? truth.slice(0, -1) : truth;
  return String(labels) === String(prediction.slice(0, -1));
}
