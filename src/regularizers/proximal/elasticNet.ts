import { abs, mul, relu, sign, sub, type Tensor } from '@tensorflow/tfjs-core';
import { checkNumber } from '../../core/check.ts';
import { type Proximal, type ProximalOfOne, proximal } from './operator.ts';

/** sign(x)·max(0, |x| − t). */
const softThreshold = (x: Tensor, t: number): Tensor => mul(sign(x), relu(sub(abs(x), t)));

const factor = (where: string, name: string, value: unknown): number =>
  checkNumber(where, name, value, { min: 0 });

/**
 * The proximal step of `λ·Σ|w|`: the soft threshold, which makes weights exactly 0.
 *
 * `prox(x) = sign(x)·max(0, |x| − η·λ)`.
 *
 * @param options `l1`, the factor λ ≥ 0; `learningRate`, the η of the optimizer before it in a chain (1)
 * @returns an operator on trees and a transform; for a tensor and a strength, `proximal.l1(x, λ)`, the result for η = 1
 * @throws ArgumentError when an option is out of range
 *
 * @example
 * regularizers.proximal.l1([3, -1, 0.5], 1); // [2, 0, 0]
 * const steps = [transforms.scaleByLearningRate(0.1), regularizers.proximal.l1({ l1: 0.01, learningRate: 0.1 })];
 * const optimizer = optimizers.fromTransform(transforms.chain(...steps));
 *
 * @see Daubechies, Defrise & De Mol, "An Iterative Thresholding Algorithm for Linear Inverse Problems with a Sparsity
 * Constraint", Communications on Pure and Applied Mathematics 57, 2004
 */
export const l1: ProximalOfOne<{ l1: number }> = proximal('l1', ['l1'], ({ l1: given }) => {
  const lambda = factor('l1', 'l1', given);
  return (x, stepSize) => softThreshold(x, stepSize * lambda);
});

/**
 * The proximal step of `λ·Σw²`: it shrinks all weights by one factor.
 *
 * `prox(x) = x / (1 + 2η·λ)`.
 *
 * @param options `l2`, the factor λ ≥ 0; `learningRate`, the η of the optimizer before it in a chain (1)
 * @returns an operator on trees and a transform; for a tensor and a strength, `proximal.l2(x, λ)`, the result for η = 1
 * @throws ArgumentError when an option is out of range
 *
 * @example
 * regularizers.proximal.l2([3, -1], 0.5); // [1.5, -0.5]
 *
 * @see Parikh & Boyd, "Proximal Algorithms", Foundations and Trends in Optimization 1, 2014
 */
export const l2: ProximalOfOne<{ l2: number }> = proximal('l2', ['l2'], ({ l2: given }) => {
  const lambda = factor('l2', 'l2', given);
  return (x, stepSize) => mul(x, 1 / (1 + 2 * stepSize * lambda));
});

/**
 * The proximal step of `λ₁·Σ|w| + λ₂·Σw²`.
 *
 * `prox(x) = sign(x)·max(0, |x| − η·λ₁) / (1 + 2η·λ₂)`.
 *
 * @param options `l1` and `l2`, the factors ≥ 0; `learningRate`, the η of the optimizer before it in a chain (1)
 * @returns an operator on trees and a transform; for a tensor and the factors the result for η = 1
 * @throws ArgumentError when an option is out of range
 *
 * @example
 * regularizers.proximal.elasticNet([3, -1], { l1: 1, l2: 0.5 }); // [1, 0]
 *
 * @see Parikh & Boyd, "Proximal Algorithms", Foundations and Trends in Optimization 1, 2014
 */
export const elasticNet: Proximal<{ l1: number; l2: number }> = proximal(
  'elasticNet',
  ['l1', 'l2'],
  (given: { l1: number; l2: number }) => {
    const [first, second] = [factor('elasticNet', 'l1', given.l1), factor('elasticNet', 'l2', given.l2)];
    return (x, stepSize) => mul(softThreshold(x, stepSize * first), 1 / (1 + 2 * stepSize * second));
  },
);
