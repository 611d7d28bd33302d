import { checkNumber, checkOptions } from '../core/check.ts';
import { add, div, type Expression, max, mix, mul, sqrt, square } from '../core/elementwise/expression.ts';
import type { Params } from '../core/types.ts';
import { checkDecay, correction } from './decayRate.ts';
import { elementwise } from './elementwise.ts';
import type { GradientTransformation } from './types.ts';

/** Options of transforms that keep the two moments of the gradient. */
export interface MomentOptions {
  /** How much of the first moment stays, in [0, 1); 0.9 by default. */
  beta1?: number | undefined;
  /** How much of the second moment stays, in [0, 1); 0.999 by default. */
  beta2?: number | undefined;
  /** Guards the division, ≥ 0; 1e-7 by default. */
  epsilon?: number | undefined;
}

/** Options of `scaleByAdam`. */
export interface ScaleByAdamOptions extends MomentOptions {
  /** Whether to divide by the largest second moment so far; false by default. */
  amsgrad?: boolean | undefined;
  /** Whether ε stands beside √v, as in Keras, not beside √v̂, as in the paper; true by default. */
  epsilonHat?: boolean | undefined;
  /** Whether the mean looks one step ahead, as in optax; false by default. */
  nesterov?: boolean | undefined;
}

/** The moments of the gradients; `vhat` with amsgrad only. */
export type ScaleByAdamState = {
  readonly count: number;
  readonly m: Params;
  readonly v: Params;
  readonly vhat?: Params;
};

/** The options of moments, checked. */
export function checkMoments(
  where: string,
  { beta1 = 0.9, beta2 = 0.999, epsilon = 1e-7 }: MomentOptions,
): Required<{ [K in keyof MomentOptions]: number }> {
  checkDecay(where, 'beta1', beta1);
  checkDecay(where, 'beta2', beta2);
  checkNumber(where, 'epsilon', epsilon, { min: 0 });
  return { beta1, beta2, epsilon };
}

/** The next first and second moment of an element. */
export const moments = (
  g: Expression,
  m: Expression,
  v: Expression,
  { beta1, beta2 }: { readonly beta1: number; readonly beta2: number },
): readonly [m: Expression, v: Expression] => [
  mix(beta1, m, 1 - beta1, g),
  mix(beta2, v, 1 - beta2, square(g)),
];

/**
 * Divides the mean of the gradients by the root of the mean of their squares.
 *
 * `m ← β₁·m + (1 − β₁)·g`, `v ← β₂·v + (1 − β₂)·g²`; `u = √(1 − β₂ᵗ)/(1 − β₁ᵗ)·m/(√v + ε)`, t counted from 1.
 * With `amsgrad` the largest v so far takes the place of v in the last; without `epsilonHat` it is `m̂/(√v̂ + ε)` with
 * `m̂ = m/(1 − β₁ᵗ)` and `v̂ = v/(1 − β₂ᵗ)`; with `nesterov` `β₁·m/(1 − β₁ᵗ⁺¹) + (1 − β₁)·g/(1 − β₁ᵗ)` takes the place
 * of m̂.
 *
 * @param options `beta1` (0.9) and `beta2` (0.999) in [0, 1), `epsilon` ≥ 0 (1e-7), `amsgrad` (false), `epsilonHat`
 *   (true), `nesterov` (false)
 * @returns a transform
 * @throws ArgumentError when an option is out of range, or the gradients of `update` differ from the parameters of
 *   `init` in structure or shape
 *
 * @example
 * const adam = transforms.chain(transforms.scaleByAdam(), transforms.scaleByLearningRate(0.001));
 *
 * @see Kingma & Ba, "Adam: A Method for Stochastic Optimization", ICLR 2015; Reddi et al., "On the Convergence of Adam
 * and Beyond", ICLR 2018 (AMSGrad)
 */
export function scaleByAdam(options: ScaleByAdamOptions = {}): GradientTransformation<ScaleByAdamState> {
  checkOptions('scaleByAdam', options, ['beta1', 'beta2', 'epsilon', 'amsgrad', 'epsilonHat', 'nesterov']);
  const { beta1, beta2, epsilon } = checkMoments('scaleByAdam', options);
  const { amsgrad = false, epsilonHat = true, nesterov = false } = options;
  return elementwise(
    {
      name: 'scaleByAdam',
      counted: true,
      slots: { m: 0, v: 0, ...(amsgrad && { vhat: 0 }) },
      numbers: (count) => {
        const root = Math.sqrt(correction(beta2, count + 1));
        const now = root / correction(beta1, count + 1);
        const ahead = root / correction(beta1, count + 2);
        return {
          mean: nesterov ? beta1 * ahead : now,
          fresh: (1 - beta1) * now,
          epsilon: epsilonHat ? epsilon : epsilon * root,
        };
      },
      step: ({ g, slot, number }) => {
        const [m, v] = moments(g, slot('m'), slot('v'), { beta1, beta2 });
        const vhat = amsgrad ? max(slot('vhat'), v) : v;
        const mean = mul(number('mean'), m);
        const whole = nesterov ? add(mean, mul(number('fresh'), g)) : mean;
        const update = div(whole, add(sqrt(vhat), number('epsilon')));
        return { update, slots: { m, v, vhat } };
      },
    },
    { beta1, beta2, epsilon, amsgrad, epsilonHat, nesterov },
  );
}
