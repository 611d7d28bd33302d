import type { Tensor } from '@tensorflow/tfjs-core';
import { checkNumber } from '../core/check.ts';
import { checkDecay } from '../transforms/decayRate.ts';
import {
  addDecayedWeights,
  chain,
  type GradientTransformation,
  partition,
  type Rate,
  type ScaleByMuonOptions,
  type ScaleByShapeOptions,
  scaleByAdam,
  scaleByLearningRate,
  scaleByMuon,
  scaleByShape,
} from '../transforms/index.ts';
import { passRate } from '../transforms/passRate.ts';
import { checkRate } from '../transforms/scaleByLearningRate.ts';
import { type CommonOptions, checkOwn, makeOptimizer } from './common.ts';
import { registerMaker } from './makers.ts';
import type { Optimizer } from './optimizer.ts';
import { pick } from './pick.ts';

/** Options of `muon`. */
export interface MuonOptions extends CommonOptions, ScaleByMuonOptions, ScaleByShapeOptions {
  /** Whether kernels of convolutions are orthogonalized too, as matrices of all inputs by outputs; false by default. */
  convolutions?: boolean | undefined;
  /** AdamW's β₁ in [0, 1); 0.9 by default. */
  adamBeta1?: number | undefined;
  /** AdamW's β₂ in [0, 1); 0.999 by default. */
  adamBeta2?: number | undefined;
  /** AdamW's weight decay ≥ 0; 0 by default. */
  adamWeightDecay?: number | undefined;
  /** AdamW's learning rate ≥ 0, or a function of the step; that of Muon by default. */
  adamLearningRate?: Rate | undefined;
}

const MUON = ['beta', 'nesterov', 'adaptive', 'nsSteps', 'nsCoefficients', 'epsilon'] as const;
const ADAM = ['adamBeta1', 'adamBeta2', 'adamWeightDecay', 'adamLearningRate'] as const;

const decayed = (weightDecay: number): GradientTransformation =>
  chain(...(weightDecay > 0 ? [addDecayedWeights(weightDecay)] : []));

/**
 * Muon: momentum whose every direction is followed by the same length, for matrices; AdamW for all else.
 *
 * Of a matrix with m inputs and n outputs `w ← w − η·(√max(1, n/m)·o + λ·w)` with the `o` of
 * `transforms.scaleByMuon`, or `ρ·√max(m, n)` before it with `consistentRms` ρ. Tensors of any other rank, as biases
 * and the kernels of convolutions, are AdamW's, which looks ahead as Muon does. For other groups, such as
 * embeddings with AdamW, use `transforms.partition`.
 *
 * @param options `learningRate` (0.001), `beta` in [0, 1) (0.95), `nesterov` (true), `adaptive` (false), `nsSteps` (5),
 *   `nsCoefficients`, `epsilon` ≥ 0 (1e-8), `consistentRms` ρ ≥ 0 (none), `weightDecay` λ of the matrices (0),
 *   `convolutions` (false), `adamBeta1` (0.9), `adamBeta2` (0.999), `adamWeightDecay` (0), `adamLearningRate` (that of
 *   Muon), and those of every optimizer, see `adam`. The rules and numbers are optax's
 * @returns an optimizer
 * @throws ArgumentError when an option is not known or out of range
 *
 * @example
 * const optimizer = optimizers.muon({ learningRate: 0.02, adamLearningRate: 0.001 });
 *
 * @see Jordan et al., "Muon: An optimizer for hidden layers in neural networks", 2024; Liu et al., "Muon is Scalable
 * for LLM Training", 2025
 */
export function muon(options: MuonOptions = {}): Optimizer {
  checkOwn('muon', options, [...MUON, ...ADAM, 'consistentRms', 'convolutions']);
  const own = pick(options, MUON);
  const { convolutions = false, consistentRms, epsilon = 1e-8, nesterov = true } = options;
  const { adamBeta1 = 0.9, adamBeta2 = 0.999, adamWeightDecay = 0, adamLearningRate } = options;
  checkDecay('muon', 'adamBeta1', adamBeta1);
  checkDecay('muon', 'adamBeta2', adamBeta2);
  checkNumber('muon', 'adamWeightDecay', adamWeightDecay, { min: 0 });
  if (adamLearningRate !== undefined) checkRate('muon', adamLearningRate, 'adamLearningRate');
  const isMatrix = ({ rank }: Tensor): boolean => (convolutions ? rank >= 2 : rank === 2);
  const split = (matrices: GradientTransformation, others: GradientTransformation): GradientTransformation =>
    partition({ muon: matrices, adam: others }, (_, tensor) => (isMatrix(tensor) ? 'muon' : 'adam'));
  const adam = (): GradientTransformation =>
    scaleByAdam({ beta1: adamBeta1, beta2: adamBeta2, epsilon, epsilonHat: false, nesterov });
  const end = (rate: Rate, weightDecay: number): GradientTransformation[] => {
    const own = scaleByLearningRate(rate);
    const decay =
      weightDecay > 0 || adamWeightDecay > 0 ? [split(decayed(weightDecay), decayed(adamWeightDecay))] : [];
    if (adamLearningRate === undefined) return [...decay, own];
    return [...decay, passRate(split(own, scaleByLearningRate(adamLearningRate)), [own])];
  };
  return makeOptimizer(
    {
      name: 'muon',
      options: { ...own, ...pick(options, ADAM), convolutions },
      learningRate: 0.001,
      steps: () => [split(chain(scaleByMuon(own), scaleByShape({ consistentRms })), adam())],
      end,
    },
    options,
  );
}

registerMaker('muon', muon);
