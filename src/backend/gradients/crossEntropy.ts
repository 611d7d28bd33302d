// tfjs's softmax cross-entropy saves, for its gradient, what it computed on the way: to a second derivative that
// is a constant, and the derivative comes out as 0. Here it is made of operations that have gradients.
import {
  add,
  cast,
  logSoftmax,
  losses,
  mul,
  neg,
  Reduction,
  sum,
  Tensor,
  type TensorLike,
  tensor,
  tidy,
  util,
} from '@tensorflow/tfjs-core';

type SoftmaxCrossEntropy = typeof losses.softmaxCrossEntropy;

const stock = losses.softmaxCrossEntropy;

/** undefined for what is no tensor and cannot become one. */
function toFloat(value: Tensor | TensorLike): Tensor | undefined {
  if (value instanceof Tensor) return cast(value, 'float32');
  return Array.isArray(value) || ArrayBuffer.isView(value) ? tensor(value, undefined, 'float32') : undefined;
}

const isNoTensor = (value: unknown): boolean =>
  typeof value === 'object' &&
  value !== null &&
  !(value instanceof Tensor || Array.isArray(value) || ArrayBuffer.isView(value));

function softmaxCrossEntropy(
  onehotLabels: Tensor | TensorLike,
  logits: Tensor | TensorLike,
  weights?: Tensor | TensorLike,
  labelSmoothing = 0,
  reduction: Reduction = Reduction.SUM_BY_NONZERO_WEIGHTS,
): Tensor {
  return tidy(() => {
    const [given, scores] = [toFloat(onehotLabels), toFloat(logits)];
    // tfjs says what is wrong with them.
    if (!given || !scores || !util.arraysEqual(given.shape, scores.shape) || isNoTensor(weights)) {
      return stock(onehotLabels, logits, weights, labelSmoothing, reduction);
    }
    const share = labelSmoothing / given.shape.at(-1)!;
    const labels = labelSmoothing > 0 ? add(mul(given, 1 - labelSmoothing), share) : given;
    const each = neg(sum(mul(labels, logSoftmax(scores)), -1));
    return losses.computeWeightedLoss(each, weights, reduction);
  });
}

losses.softmaxCrossEntropy = softmaxCrossEntropy as SoftmaxCrossEntropy;
