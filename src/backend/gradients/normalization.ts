// Gradients of the normalization of batches and of neighbouring channels.
import {
  add,
  cast,
  FusedBatchNorm,
  type FusedBatchNormAttrs,
  LRN,
  type LRNAttrs,
  linalg,
  matMul,
  mul,
  neg,
  ones,
  pow,
  reshape,
  rsqrt,
  square,
  sub,
  type Tensor,
} from '@tensorflow/tfjs-core';
import { isRecording, runKernel, setGradient, sumTo } from './register.ts';

/** tfjs has none where there is no scale, and none for means of several axes. */
setGradient<FusedBatchNormAttrs>(
  FusedBatchNorm,
  { inputsToSave: ['x', 'mean', 'variance', 'scale'] },
  (dy, [x, mean, variance, scale], { varianceEpsilon }) => {
    const inverse = (): Tensor => rsqrt(add(variance!, varianceEpsilon));
    const scaled = (): Tensor => (scale === undefined ? dy : mul(dy, scale));
    const deviation = (): Tensor => sub(x!, mean!);
    return {
      x: () => mul(scaled(), inverse()),
      mean: () => neg(sumTo(mul(scaled(), inverse()), mean!.shape)),
      variance: () => mul(sumTo(mul(scaled(), deviation()), variance!.shape), mul(pow(inverse(), 3), -0.5)),
      scale: () => sumTo(mul(dy, mul(deviation(), inverse())), mean!.shape),
      offset: () => sumTo(dy, mean!.shape),
    };
  },
);

/** x·(bias + α·Σ x²)^−β, the sum over the channels at most `depthRadius` away. */
function normalizationGradient(x: Tensor, dy: Tensor, { depthRadius, bias, alpha, beta }: LRNAttrs): Tensor {
  const channels = x.shape.at(-1)!;
  const rows = reshape(x, [x.size / channels, channels]);
  const given = reshape(dy, rows.shape);
  const near = cast(linalg.bandPart(ones([channels, channels]), depthRadius, depthRadius), 'float32');
  const sums = add(mul(matMul(square(rows), near), alpha), bias);
  const through = matMul(mul(mul(given, rows), pow(sums, -beta - 1)), near);
  return reshape(sub(mul(given, pow(sums, -beta)), mul(mul(rows, through), 2 * alpha * beta)), x.shape);
}

setGradient<LRNAttrs>(LRN, { inputsToSave: ['x'], outputsToSave: [true] }, (dy, [x, y], attrs) => ({
  x: () =>
    isRecording() ? normalizationGradient(x!, dy, attrs) : runKernel('LRNGrad', { x: x!, y: y!, dy }, attrs),
}));
