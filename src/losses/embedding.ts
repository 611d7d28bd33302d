import {
  add,
  cast,
  concat,
  eye,
  logicalNot,
  logSoftmax,
  matMul,
  maximum,
  mul,
  neg,
  oneHot,
  relu,
  type Scalar,
  sqrt,
  square,
  sub,
  sum,
  type Tensor,
  type Tensor2D,
} from '@tensorflow/tfjs-core';
import { ArgumentError, checkNumber, checkOptions } from '../core/check.ts';
import type { TensorLike } from '../core/types.ts';
import { checkWithin } from '../core/values.ts';
import { type Called, called } from './called.ts';
import { normalize } from './cosineSimilarity.ts';
import {
  COMMON_OPTIONS,
  type LossFunction,
  type LossOptions,
  type Reduced,
  type Reduction,
  type Whole,
} from './options.ts';
import { maskOf, pair, reduced, shown } from './reduce.ts';

/** Options of `triplet` and `contrastive`. */
export interface MarginOptions<R extends Reduction = Reduction> extends Omit<LossOptions<R>, 'axis'> {
  /** The distance beyond which there is nothing left to gain, at least 0; 1 by default. */
  margin?: number | undefined;
}

const MARGIN_OPTIONS = ['margin', ...COMMON_OPTIONS];

/** Options of `ntXent`. */
export interface NtXentOptions<R extends Reduction = Reduction>
  extends Omit<LossOptions<R>, 'axis' | 'mask'> {
  /** Which samples count, [n]: 0 or false where one does not; its views are no one's negatives either. */
  mask?: TensorLike | undefined;
  /** What similarities are divided by, above 0; 0.5 by default. */
  temperature?: number | undefined;
}

/** Below this a squared distance has no gradient: that of the root would be infinite at 0. */
const SMALLEST = 1e-24;

const euclidean = (a: Tensor, b: Tensor): Tensor => sqrt(maximum(sum(square(sub(a, b)), -1), SMALLEST));

/**
 * The triplet loss: a sample is nearer to one of its class than to one of another, by a margin.
 *
 * `L = mean(max(0, ‖a − p‖ − ‖a − n‖ + margin))`, with Euclidean distances along the last axis.
 *
 * @param anchor embeddings, [..., d]
 * @param positive embeddings of the same classes, the shape of `anchor`
 * @param negative embeddings of other classes, the shape of `anchor`
 * @param options `margin` ≥ 0 (1); `sampleWeight`, `mask`, `reduction`
 * @returns a scalar; with `reduction: 'none'` one loss a triplet
 * @throws ArgumentError when the shapes differ, the batch is empty or `margin` is below 0
 *
 * @example
 * losses.triplet([[0, 0]], [[3, 4]], [[0, 2]]); // 5 − 2 + 1
 *
 * @see Schroff et al., "FaceNet: A Unified Embedding for Face Recognition and Clustering", CVPR 2015
 */
export function triplet(
  anchor: TensorLike,
  positive: TensorLike,
  negative: TensorLike,
  options?: MarginOptions<Whole>,
): Scalar;
/** With `reduction: 'none'` it returns one loss a sample. */
export function triplet(
  anchor: TensorLike,
  positive: TensorLike,
  negative: TensorLike,
  options?: MarginOptions,
): Tensor;
/** The loss with these options set. */
export function triplet<R extends Reduction = 'mean'>(
  options?: MarginOptions<R>,
): (anchor: TensorLike, positive: TensorLike, negative: TensorLike) => Reduced<R>;
export function triplet(...call: unknown[]): Called {
  return called(
    triplet,
    call,
    (options: MarginOptions) => {
      checkOptions('triplet', options, MARGIN_OPTIONS);
      const margin = checkNumber('triplet', 'margin', options.margin ?? 1, { min: 0 });
      return reduced('triplet', options, (anchor, positive, negative) => {
        const [a, p] = pair('triplet', [anchor!, positive!], ['anchor', 'positive']);
        const [, n] = pair('triplet', [a, negative!], ['anchor', 'negative']);
        if (a.rank === 0) throw new ArgumentError('triplet', 'anchor', 'a scalar', 'of rank 1 or more');
        const mask = maskOf('triplet', options.mask, a.shape.slice(0, -1));
        const distance = (other: Tensor): Tensor => shown(euclidean(a, other), mask);
        return { losses: relu(add(sub(distance(p), distance(n)), margin)), mask };
      });
    },
    3,
  );
}

/**
 * The contrastive loss of pairs: like pairs are drawn together, unlike ones pushed a margin apart.
 *
 * `L = mean(s·d² + (1 − s)·max(0, margin − d)²)`.
 *
 * @param same 1 where the pair is alike, 0 where it is not, any shape
 * @param distance the distance within each pair, ≥ 0, the shape of `same`
 * @param options `margin` ≥ 0 (1); `sampleWeight`, `mask`, `reduction`
 * @returns a scalar; with `reduction: 'none'` one loss a pair
 * @throws ArgumentError when the shapes differ, the batch is empty, a label is not in [0, 1], or a distance or `margin`
 *   is below 0
 *
 * @example
 * losses.contrastive([1, 0], [0.5, 0.25]); // (0.25 + 0.5625) / 2
 *
 * @see Hadsell et al., "Dimensionality Reduction by Learning an Invariant Mapping", CVPR 2006
 */
export function contrastive(same: TensorLike, distance: TensorLike, options?: MarginOptions<Whole>): Scalar;
/** With `reduction: 'none'` it returns one loss a sample. */
export function contrastive(same: TensorLike, distance: TensorLike, options?: MarginOptions): Tensor;
/** The loss with these options set, as `model.compile` takes it. */
export function contrastive<R extends Reduction = 'mean'>(options?: MarginOptions<R>): LossFunction<R>;
export function contrastive(...call: unknown[]): Called {
  return called(contrastive, call, (options: MarginOptions) => {
    checkOptions('contrastive', options, MARGIN_OPTIONS);
    const margin = checkNumber('contrastive', 'margin', options.margin ?? 1, { min: 0 });
    return reduced('contrastive', options, (...inputs) => {
      const [same, distance] = pair('contrastive', inputs, ['same', 'distance']);
      const mask = maskOf('contrastive', options.mask, same.shape);
      const [s, d] = [shown(same, mask), shown(distance, mask)];
      checkWithin('contrastive', 'same', s.dataSync(), [0, 1], 'made of labels in [0, 1]');
      checkWithin('contrastive', 'distance', d.dataSync(), [0, Infinity], 'made of distances of at least 0');
      return { losses: add(mul(s, square(d)), mul(sub(1, s), square(relu(sub(margin, d))))), mask };
    });
  });
}

/** Takes the similarity of a view to itself, and to masked ones, out of the softmax. */
const LEFT_OUT = -1e9;

/**
 * The normalised, temperature-scaled cross-entropy of two views of each sample (SimCLR).
 *
 * `L = mean_i(−log(exp(s(i, i′)/τ) / Σ_{k≠i} exp(s(i, k)/τ)))` over all 2n views, where `s` is the
 * cosine similarity and `i′` the other view of the sample of `i`.
 *
 * @param z1 embeddings of the first views, [n, d]
 * @param z2 embeddings of the second views, the shape of `z1`
 * @param options `temperature` > 0 (0.5); `sampleWeight`, `mask`, `reduction`
 * @returns a scalar; with `reduction: 'none'` one loss a view, those of `z1` first
 * @throws ArgumentError when the shapes differ or are not [n, d], the batch is empty, or `temperature` is not above 0
 *
 * @example
 * losses.ntXent([[1, 0], [0, 1]], [[1, 0], [0, 1]]); // log(1 + 2e⁻²)
 *
 * @see Chen et al., "A Simple Framework for Contrastive Learning of Visual Representations", ICML 2020
 */
export function ntXent(z1: TensorLike, z2: TensorLike, options?: NtXentOptions<Whole>): Scalar;
/** With `reduction: 'none'` it returns one loss a sample. */
export function ntXent(z1: TensorLike, z2: TensorLike, options?: NtXentOptions): Tensor;
/** The loss with these options set. */
export function ntXent<R extends Reduction = 'mean'>(options?: NtXentOptions<R>): LossFunction<R>;
export function ntXent(...call: unknown[]): Called {
  return called(ntXent, call, (options: NtXentOptions) => {
    checkOptions('ntXent', options, ['temperature', ...COMMON_OPTIONS]);
    const range = { min: 0, exclusiveMin: true };
    const temperature = checkNumber('ntXent', 'temperature', options.temperature ?? 0.5, range);
    return reduced('ntXent', options, (...inputs) => {
      const [first, second] = pair('ntXent', inputs, ['z1', 'z2']);
      const [n, d] = first.shape;
      if (first.rank !== 2 || n === undefined || d === undefined) {
        throw new ArgumentError('ntXent', 'z1', `of shape [${first.shape}]`, 'of shape [n, d]');
      }
      const one = maskOf('ntXent', options.mask, [n]);
      const mask = one && concat([one, one], 0);
      const views = normalize(shown(concat([first, second], 0), mask, 1), 1) as Tensor2D;
      const similarity = mul(matMul(views, views, false, true), 1 / temperature);
      const left = mask ? mul(cast(logicalNot(mask), 'float32'), LEFT_OUT) : 0;
      const others = logSoftmax(add(add(similarity, mul(eye(2 * n), LEFT_OUT)), left));
      const partners = Int32Array.from({ length: 2 * n }, (_, i) => (i + n) % (2 * n));
      return { losses: neg(sum(mul(oneHot(partners, 2 * n), others), 1)), mask };
    });
  });
}
