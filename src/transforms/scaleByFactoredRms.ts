import { type Tensor, zeros, zerosLike } from '@tensorflow/tfjs-core';
import { checkNumber, checkOptions } from '../core/check.ts';
import { described } from '../core/description.ts';
import {
  mix,
  mul as multiply,
  numberNamed,
  div as quotient,
  sqrt,
  add as sum,
  tensorNamed,
} from '../core/elementwise/expression.ts';
import { type Axes, factoredStep, without } from '../core/factored.ts';
import { pass } from './pass.ts';
import { kept, NOTHING, perTensor, type SlotState, type Slots } from './perTensor.ts';
import type { GradientTransformation } from './types.ts';

/** Options of `scaleByFactoredRms`. */
export interface ScaleByFactoredRmsOptions {
  /** Whether to keep sums of rows and columns in the place of whole matrices; true by default. */
  factored?: boolean | undefined;
  /** The exponent c in the decay 1 − t⁻ᶜ, at least 0; 0.8 by default. */
  decayRate?: number | undefined;
  /** The step that the decay counts from, an integer of at least 0; 0 by default. */
  decayOffset?: number | undefined;
  /** The least size that the two largest axes of a factored tensor have; 128 by default. */
  minDimSizeToFactor?: number | undefined;
  /** What is added to squared gradients, at least 0; 1e-30 by default. */
  epsilon?: number | undefined;
}

type Slot = 'row' | 'column' | 'v';

/** A mean of squares for each entry but along one axis, for each of two axes; or for every entry. */
export type FactoredRmsState = SlotState<Slot>;

const WHERE = 'scaleByFactoredRms';

/** The second largest axis and the largest; of equal ones the later counts as larger, as in optax. */
function largestAxes(shape: readonly number[]): [second: number, largest: number] {
  const order = shape.map((_, axis) => axis).sort((a, b) => shape[a]! - shape[b]! || a - b);
  return [order.at(-2)!, order.at(-1)!];
}

/**
 * Divides gradients by the root of their mean squares, which are kept for rows and columns alone.
 *
 * `β = 1 − (t + 1)⁻ᶜ` at step t; of a matrix, `r ← β·r + (1 − β)·mean(g² + ε)` along its larger axis, `s` likewise
 * along the other, and `u = g / √(r·s / mean(r))`. Of tensors whose two largest axes are not both of
 * `minDimSizeToFactor`, `v ← β·v + (1 − β)·(g² + ε)` and `u = g / √v`.
 *
 * @param options `factored` (true), `decayRate` c ≥ 0 (0.8), `decayOffset` the step that t counts from (0),
 * `minDimSizeToFactor` (128), `epsilon` ε ≥ 0 (1e-30)
 * @returns a transform
 * @throws ArgumentError when an option is out of range, or the gradients of `update` differ from the parameters of
 * `init` in structure or shape
 *
 * @example
 * const t = transforms.chain(transforms.scaleByFactoredRms(), transforms.scaleByLearningRate(0.001));
 *
 * @see Shazeer & Stern, "Adafactor: Adaptive Learning Rates with Sublinear Memory Cost", ICML 2018
 */
export function scaleByFactoredRms(
  options: ScaleByFactoredRmsOptions = {},
): GradientTransformation<FactoredRmsState> {
  const known = ['factored', 'decayRate', 'decayOffset', 'minDimSizeToFactor', 'epsilon'];
  checkOptions(WHERE, options, known);
  const { factored = true, decayRate = 0.8, decayOffset = 0 } = options;
  const { minDimSizeToFactor = 128, epsilon = 1e-30 } = options;
  checkNumber(WHERE, 'decayRate', decayRate, { min: 0 });
  checkNumber(WHERE, 'decayOffset', decayOffset, { min: 0, integer: true });
  checkNumber(WHERE, 'minDimSizeToFactor', minDimSizeToFactor, { min: 1, integer: true });
  checkNumber(WHERE, 'epsilon', epsilon, { min: 0 });
  const isFactored = ({ shape, rank }: Tensor): boolean =>
    factored && rank >= 2 && shape[largestAxes(shape)[0]]! >= minDimSizeToFactor;
  const transform = perTensor<Slot>(WHERE, {
    slots: ['row', 'column', 'v'],
    begin: (w) => {
      if (!isFactored(w)) return { row: NOTHING, column: NOTHING, v: zerosLike(w) };
      const [second, largest] = largestAxes(w.shape);
      return { row: zeros(without(w.shape, largest)), column: zeros(without(w.shape, second)), v: NOTHING };
    },
    step: (g, slots, count, place) => {
      const beta = 1 - Math.max(count - decayOffset + 1, 1) ** -decayRate;
      return (isFactored(g) ? stepOfFactored : wholeStep)(g, slots, { beta, epsilon }, place);
    },
  });
  const given = { factored, decayRate, decayOffset, minDimSizeToFactor, epsilon };
  return described(transform, { kind: 'transform', name: WHERE, options: given });
}

type Step = { update: Tensor; slots: Slots<Slot> };
type Numbers = { readonly beta: number; readonly epsilon: number };

const [gradient, n] = [tensorNamed('g'), numberNamed];
const v = mix(n('beta'), tensorNamed('v'), n('rest'), sum(multiply(gradient, gradient), n('epsilon')));

/** The averages of squares, and the update. */
const whole = pass(['g', 'v'], [v, quotient(gradient, sqrt(v))]);

function wholeStep(g: Tensor, slots: Slots<Slot>, { beta, epsilon }: Numbers, place: string): Step {
  const v = kept(WHERE, place, ['v', slots.v], g.shape);
  const [next, update] = whole([g, v], { beta, rest: 1 - beta, epsilon }) as [Tensor, Tensor];
  return { update, slots: { ...slots, v: next } };
}

function stepOfFactored(g: Tensor, slots: Slots<Slot>, numbers: Numbers, place: string): Step {
  const [second, largest] = largestAxes(g.shape);
  const keptOf = (slot: 'row' | 'column', axis: number, text: string): Tensor =>
    kept(WHERE, place, [slot, slots[slot]], without(g.shape, axis), `grads${place} without its ${text} axis`);
  const row = keptOf('row', largest, 'largest');
  const column = keptOf('column', second, 'second');
  // The one whose mean is taken out may be either: both means are that of all entries.
  const isInOrder = second < largest;
  const axes: Axes = isInOrder ? [second, largest] : [largest, second];
  const { update, means } = factoredStep(g, axes, isInOrder ? [row, column] : [column, row], numbers);
  const [nextRow, nextColumn] = isInOrder ? means : [means[1], means[0]];
  return { update, slots: { ...slots, row: nextRow, column: nextColumn } };
}
