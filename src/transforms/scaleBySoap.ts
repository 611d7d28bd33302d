import {
  clone,
  eye,
  gather,
  matMul,
  mul,
  sum,
  type Tensor,
  tensor,
  zeros,
  zerosLike,
} from '@tensorflow/tfjs-core';
import { checkNumber, checkOptions } from '../core/check.ts';
import { described } from '../core/description.ts';
import {
  add,
  div,
  mix,
  mul as multiply,
  numberNamed,
  sqrt,
  square,
  tensorNamed,
} from '../core/elementwise/expression.ts';
import { along, products } from './axes.ts';
import { eigenvectors, orthonormal } from './eigenvectors.ts';
import { pass } from './pass.ts';
import { kept, perTensor, type SlotState, type Slots } from './perTensor.ts';
import {
  axesOf,
  type ByAxis,
  byAxis,
  PRECONDITIONER_OPTIONS,
  type PreconditionerOptions,
  preconditionerOptions,
} from './preconditioners.ts';
import type { GradientTransformation, State } from './types.ts';

/** Options of `scaleBySoap`. */
export interface ScaleBySoapOptions extends PreconditionerOptions {
  /** The decay β₁ of the average of the gradients, in [0, 1); 0.95 by default. */
  beta1?: number | undefined;
  /** The decay β₂ of the averages of squares and of the matrices, in [0, 1); 0.95 by default. */
  beta2?: number | undefined;
  /** What is added to the divisor, at least 0; 1e-8 by default. */
  epsilon?: number | undefined;
}

type Slot = 'steps' | 'm' | 'v' | 'factors' | 'bases';

/** Adam's averages, in the bases of each tensor; and, for each axis that is short enough, a matrix and its basis. */
export type SoapState = SlotState<Slot>;

interface Settings {
  readonly beta1: number;
  readonly beta2: number;
  readonly epsilon: number;
  readonly frequency: number;
}

const WHERE = 'scaleBySoap';

const [x, n] = [tensorNamed('x'), numberNamed];
const averaged = mix(n('beta'), tensorNamed('old'), n('rest'), x);
const m = mix(n('beta1'), tensorNamed('m'), n('rest1'), x);
const v = mix(n('beta2'), tensorNamed('v'), n('rest2'), square(x));

/** `β·old + (1 − β)·x` */
const mixed = pass(['old', 'x'], [averaged]);

/** Adam's averages and its update; ε stands beside the root of v as it is, as in the authors' implementation. */
const adam = pass(['x', 'm', 'v'], [m, v, div(multiply(n('rate'), m), add(sqrt(v), n('epsilon')))]);

/** Into the bases, by Qᵀ along each axis; or back, by Q. */
function turned(x: Tensor, bases: State | ByAxis, isBack = false): Tensor {
  return axesOf(bases).reduce((y, [axis, basis]) => along(basis, y, axis, !isBack), x);
}

/** Averages of squares, which move with their eigenvectors into another order. */
interface Renewed {
  bases: ByAxis;
  v: Tensor;
}

/** What is added to eigenvalues, of the largest: the precision of products of float32. */
const SHIFT = 1e-6;

/** One step of power iteration: `Q ← orthonormal(H·Q)`, the columns ordered by their eigenvalues. */
function renewed(factors: ByAxis, bases: ByAxis, v: Tensor): Renewed {
  let squares = v;
  const next = Object.entries(factors).map(([axis, factor]): [string, Tensor] => {
    const basis = bases[axis]!;
    const product = matMul(factor, basis);
    const values = sum(mul(basis, product), 0).dataSync();
    const order = Array.from(values, (_, i) => i).sort((i, j) => values[j]! - values[i]!);
    const indices = tensor(order, [order.length], 'int32');
    // A part of what was there keeps the eigenvectors of eigenvalues that are lost in rounding errors.
    const shift = SHIFT * Math.max(...values) || 1;
    const moved = mixed([product, basis], { beta: 1, rest: shift })[0]!;
    const found = orthonormal(gather(moved, indices, 1));
    if (found === undefined) return [axis, clone(basis)];
    squares = gather(squares, indices, Number(axis));
    return [axis, found];
  });
  return { bases: Object.fromEntries(next), v: squares };
}

/** The first step finds the bases, and moves nothing: its own gradient would have been looked at twice. */
function firstStep(
  g: Tensor,
  slots: Slots<Slot>,
  { beta2 }: Settings,
): { update: Tensor; slots: Slots<Slot> } {
  const old = slots.factors as ByAxis;
  const axes = axesOf(old).map(([axis]) => axis);
  const factors = byAxis(axes, (axis) => mul(products(g, axis), 1 - beta2));
  const bases = byAxis(axes, (axis) => eigenvectors(factors[axis]!) ?? clone((slots.bases as ByAxis)[axis]!));
  const { m, v } = slots as { m: Tensor; v: Tensor };
  return { update: zerosLike(g), slots: { steps: 1, m: clone(m), v: clone(v), factors, bases } };
}

function laterStep(
  g: Tensor,
  slots: Slots<Slot>,
  settings: Settings,
): { update: Tensor; slots: Slots<Slot> } {
  const { beta1, beta2, epsilon, frequency } = settings;
  const { steps: t, factors: old, bases } = slots as { steps: number; factors: ByAxis; bases: ByAxis };
  const seen = turned(g, bases);
  const rate = Math.sqrt(1 - beta2 ** t) / (1 - beta1 ** t);
  const numbers = { beta1, rest1: 1 - beta1, beta2, rest2: 1 - beta2, rate, epsilon };
  const [m, v, step] = adam([seen, slots.m as Tensor, slots.v as Tensor], numbers) as [
    Tensor,
    Tensor,
    Tensor,
  ];
  const update = turned(step, bases, true);
  const factors = byAxis(
    axesOf(old).map(([axis]) => axis),
    (axis) => mixed([old[axis]!, products(g, axis)], { beta: beta2, rest: 1 - beta2 })[0]!,
  );
  if (t % frequency !== 0) {
    const kept = byAxis(Object.keys(bases).map(Number), (axis) => clone(bases[axis]!));
    return { update, slots: { steps: t + 1, m, v, factors, bases: kept } };
  }
  const next = renewed(factors, bases, v);
  const moved = turned(turned(m, bases, true), next.bases);
  return { update, slots: { steps: t + 1, m: moved, v: next.v, factors, bases: next.bases } };
}

/**
 * SOAP: Adam in the eigenvectors of Shampoo's matrices.
 *
 * For a matrix `L ← β₂·L + (1 − β₂)·g·gᵀ`, `R ← β₂·R + (1 − β₂)·gᵀ·g` with eigenvectors `P` and `Q`; of
 * `g' = Pᵀ·g·Q` Adam's `m ← β₁·m + (1 − β₁)·g'`, `v ← β₂·v + (1 − β₂)·g'²`, and
 * `u = P·(m̂ / (√v̂ + ε))·Qᵀ`. Tensors of more axes have a matrix for each; vectors, and axes longer than
 * `maxPreconditionerDim`, have none, so that a long matrix is turned on one side alone.
 *
 * The first step of a tensor finds its eigenvectors and updates nothing; every `preconditionFrequency`-th step after
 * it follows them by a power iteration and a QR decomposition, in double precision.
 *
 * @param options `beta1` (0.95) and `beta2` (0.95) in [0, 1), `epsilon` ε ≥ 0 (1e-8), `preconditionFrequency` (10),
 * `maxPreconditionerDim` (1024)
 * @returns a transform
 * @throws ArgumentError when an option is out of range, or the gradients of `update` differ from the parameters of
 * `init` in structure or shape
 *
 * @example
 * const t = transforms.chain(transforms.scaleBySoap(), transforms.scaleByLearningRate(0.003));
 *
 * @see Vyas et al., "SOAP: Improving and Stabilizing Shampoo using Adam", ICLR 2025
 */
export function scaleBySoap(options: ScaleBySoapOptions = {}): GradientTransformation<SoapState> {
  checkOptions(WHERE, options, ['beta1', 'beta2', 'epsilon', ...PRECONDITIONER_OPTIONS]);
  const { beta1 = 0.95, beta2 = 0.95, epsilon = 1e-8 } = options;
  checkNumber(WHERE, 'beta1', beta1, { min: 0, max: 1, exclusiveMax: true });
  checkNumber(WHERE, 'beta2', beta2, { min: 0, max: 1, exclusiveMax: true });
  checkNumber(WHERE, 'epsilon', epsilon, { min: 0 });
  const { preconditionFrequency, maxPreconditionerDim } = preconditionerOptions(WHERE, options, 10);
  const settings = { beta1, beta2, epsilon, frequency: preconditionFrequency };
  const transform = perTensor<Slot>(WHERE, {
    slots: ['steps', 'm', 'v', 'factors', 'bases'],
    begin: (w) => {
      const isTurned = (axis: number): boolean => w.rank > 1 && w.shape[axis]! <= maxPreconditionerDim;
      const axes = w.shape.map((_, axis) => axis).filter(isTurned);
      const factors = byAxis(axes, (axis) => zeros([w.shape[axis]!, w.shape[axis]!]));
      const bases = byAxis(axes, (axis) => eye(w.shape[axis]!));
      return { steps: 0, m: zerosLike(w), v: zerosLike(w), factors, bases };
    },
    step: (g, slots, _, place) => {
      kept(WHERE, place, ['m', slots.m], g.shape);
      return slots.steps === 0 ? firstStep(g, slots, settings) : laterStep(g, slots, settings);
    },
  });
  const given = { beta1, beta2, epsilon, preconditionFrequency, maxPreconditionerDim };
  return described(transform, { kind: 'transform', name: WHERE, options: given });
}
