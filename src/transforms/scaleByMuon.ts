import { mul, sum, type Tensor, zerosLike } from '@tensorflow/tfjs-core';
import { ArgumentError, checkNumber, checkOptions } from '../core/check.ts';
import { described } from '../core/description.ts';
import { mix, numberNamed, tensorNamed } from '../core/elementwise/expression.ts';
import {
  iterationOf,
  ORTHOGONALIZE_OPTIONS,
  type OrthogonalizeOptions,
  orthogonalized,
} from './orthogonalize.ts';
import { pass } from './pass.ts';
import { kept, perTensor, type SlotState } from './perTensor.ts';
import type { GradientTransformation } from './types.ts';

/** Options of `scaleByMuon`. */
export interface ScaleByMuonOptions extends OrthogonalizeOptions {
  /** The decay β of the average of the gradients, in [0, 1); 0.95 by default. */
  beta?: number | undefined;
  /** Whether to look one step ahead; true by default. */
  nesterov?: boolean | undefined;
  /** Whether to scale each update by its product with the average; false by default. */
  adaptive?: boolean | undefined;
}

/** The averages of the gradients. */
export type MuonState = SlotState<'mu'>;

const WHERE = 'scaleByMuon';

const [g, n] = [tensorNamed('g'), numberNamed];
const mu = mix(n('beta'), tensorNamed('mu'), n('rest'), g);

/** The next average, and the momentum `old·m + fresh·g`. */
const average = pass(['g', 'mu'], [mu, mix(n('old'), mu, n('fresh'), g)]);

/**
 * Orthogonalized momentum: every direction of a matrix is moved along by the same length.
 *
 * `m ← β·m + (1 − β)·g`; at step t, counted from 1, `m̂ = β·m / (1 − βᵗ⁺¹) + (1 − β)·g / (1 − βᵗ)` with `nesterov`, or
 * `m / (1 − βᵗ)`; the update is `o = orthogonalize(m̂)`, with `adaptive` `⟨m̂, o⟩·o`.
 *
 * @param options `beta` β in [0, 1) (0.95), `nesterov` (true), `adaptive` (false), and those of `orthogonalize`:
 * `nsSteps` (5), `nsCoefficients`, `epsilon` (1e-8)
 * @returns a transform of tensors of rank 2 or more; of a higher rank the axes before the last are taken as one
 * @throws ArgumentError when an option is out of range, a tensor is no matrix, or the gradients of `update` differ
 * from the parameters of `init` in structure or shape
 *
 * @example
 * const t = transforms.chain(transforms.scaleByMuon(), transforms.scaleByShape(), transforms.scaleByLearningRate(0.02));
 *
 * @see Jordan et al., "Muon: An optimizer for hidden layers in neural networks", 2024; Bernstein & Newhouse, "Old
 * Optimizer, New Norm: An Anthology", 2024 (`adaptive`)
 */
export function scaleByMuon(options: ScaleByMuonOptions = {}): GradientTransformation<MuonState> {
  checkOptions(WHERE, options, ['beta', 'nesterov', 'adaptive', ...ORTHOGONALIZE_OPTIONS]);
  const { beta = 0.95, nesterov = true, adaptive = false } = options;
  checkNumber(WHERE, 'beta', beta, { min: 0, max: 1, exclusiveMax: true });
  const iteration = iterationOf(WHERE, options);
  const shares = (t: number): { old: number; fresh: number } =>
    nesterov
      ? { old: beta / (1 - beta ** (t + 1)), fresh: (1 - beta) / (1 - beta ** t) }
      : { old: 1 / (1 - beta ** t), fresh: 0 };
  const transform = perTensor<'mu'>(WHERE, {
    slots: ['mu'],
    begin: (w) => {
      if (w.rank < 2) {
        const allowed = 'of rank 2 or more; optimizers.muon gives the others to AdamW';
        throw new ArgumentError(WHERE, 'params', `a tensor of shape [${w.shape}]`, allowed);
      }
      return { mu: zerosLike(w) };
    },
    step: (g, slots, count, place) => {
      const old = kept(WHERE, place, ['mu', slots.mu], g.shape);
      const numbers = { beta, rest: 1 - beta, ...shares(count + 1) };
      const [next, momentum] = average([g, old], numbers) as [Tensor, Tensor];
      const update = orthogonalized(momentum, iteration);
      return { update: adaptive ? mul(update, sum(mul(momentum, update))) : update, slots: { mu: next } };
    },
  });
  return described(transform, {
    kind: 'transform',
    name: WHERE,
    options: { beta, nesterov, adaptive, ...options },
  });
}
