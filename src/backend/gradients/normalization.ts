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
  tidy,
} from '@tensorflow/tfjs-core';
import { isRecording, runKernel, setGradient, sumTo } from './register.ts';

/** tfjs has none where there is no scale, and none for means of several axes. */
setGradient<FusedBatchNormAttrs>(
  FusedBatchNorm,
  { inputsToSave: ['x', 'mean', 'variance', 'scale'] },
  (dy, [x, mean, variance, scale], { varianceEpsilon }) => {
    const inverse = (): Tensor => rsqrt(add(variance!, varianceEpsilon));
    // The small tensors are multiplied first, and what is as large as x is passed over as seldom as may be.
    const factor = (): Tensor => (scale === undefined ? inverse() : mul(scale, inverse()));
    const deviations = tidy(() => sumTo(mul(dy, sub(x!, mean!)), mean!.shape));
    return {
      x: () => mul(dy, factor()),
      mean: () => neg(mul(sumTo(dy, mean!.shape), factor())),
      variance: () => mul(mul(deviations, factor()), mul(square(inverse()), -0.5)),
      scale: () => mul(deviations, inverse()),
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
