import {
  abs,
  add,
  cast,
  clipByValue,
  customGrad,
  div,
  equal,
  expandDims,
  type GradSaveFunc,
  less,
  logSoftmax,
  max,
  mul,
  neg,
  sign,
  softplus,
  square,
  squeeze,
  sub,
  sum,
  type Tensor,
  tanh,
  transpose,
  where,
} from '@tensorflow/tfjs-core';

/** Keeps logarithms and quotients of probabilities finite (Keras's epsilon). */
export const EPSILON = 1e-7;

/** Probabilities clipped to [ε, 1 − ε]. */
export const clipProbability = (p: Tensor): Tensor => clipByValue(p, EPSILON, 1 - EPSILON);

/** |x| with the gradient sign(x), thus 0 at 0, where tfjs's own is −1. */
export const absolute = (x: Tensor): Tensor => mul(x, sign(x));

/**
 * The largest value along `axis`, whose gradient is shared evenly by the values that attain it; tfjs's
 * own gives each of them all of it.
 */
export const largest = (x: Tensor, axis: number): Tensor =>
  customGrad((...args) => {
    const [values, save] = args as [Tensor, GradSaveFunc];
    const top = max(values, axis, true);
    save([values, top]);
    return {
      value: squeeze(top, [axis]),
      gradFunc: (dy, [saved, most]) => {
        const attained = cast(equal(saved!, most!), 'float32');
        return mul(expandDims(dy, axis), div(attained, sum(attained, axis, true)));
      },
    };
  })(x);

/** Below this |x| the series of log cosh is exact to float32; above it the closed form is. */
const SERIES_END = 0.1;

/**
 * log cosh x: x²/2 − x⁴/12 + x⁶/45 near 0, where the closed form |x| + log(1 + e^(−2|x|)) − log 2
 * cancels; its gradient is tanh x.
 */
export const logCoshOf: (x: Tensor) => Tensor = customGrad((...args) => {
  const [x, save] = args as [Tensor, GradSaveFunc];
  save([x]);
  const size = abs(x);
  const closed = sub(add(size, softplus(mul(size, -2))), Math.LN2);
  const s = square(x);
  const series = mul(s, add(mul(s, add(mul(s, 1 / 45), -1 / 12)), 1 / 2));
  return {
    value: where(less(size, SERIES_END), series, closed),
    gradFunc: (dy, [saved]) => mul(dy, tanh(saved!)),
  };
});

/** The logarithm of the softmax along any axis; tfjs knows the last one only. */
export function logSoftmaxAlong(x: Tensor, axis: number): Tensor {
  const last = x.rank - 1;
  if (axis === last) return logSoftmax(x);
  const order = x.shape.map((_, i) => (i === axis ? last : i === last ? axis : i));
  return transpose(logSoftmax(transpose(x, order)), order);
}

/**
 * −z·log σ(x) − (1 − z)·log(1 − σ(x)), elementwise on logits. Each softplus is accurate where the
 * other is large, so the loss is right from −1e4 to 1e4 and its gradient σ(x) − z at 0 too.
 */
export function binaryFromLogits(z: Tensor, x: Tensor): Tensor {
  return add(mul(z, softplus(neg(x))), mul(sub(1, z), softplus(x)));
}

/** Labels with the share `amount` spread evenly over `classes` classes. */
export const smoothLabels = (labels: Tensor, amount: number, classes: number): Tensor =>
  amount === 0 ? labels : add(mul(labels, 1 - amount), amount / classes);
