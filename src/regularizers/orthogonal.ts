import {
  abs,
  eye,
  matMul,
  maximum,
  mul,
  rsqrt,
  type Scalar,
  serialization,
  square,
  sub,
  sum,
  type Tensor,
  type Tensor2D,
  tidy,
} from '@tensorflow/tfjs-core';
import { ArgumentError, checkChoice, checkNumber, checkOptions } from '../core/check.ts';
import { RegularizerBase } from './bases.ts';
import { type Penalty, withPenalty } from './penalty.ts';

/** Options of `orthogonal`. */
export interface OrthogonalOptions {
  /** The factor λ ≥ 0; 0.01 by default. */
  factor?: number | undefined;
  /** What shall be orthogonal: the rows of a matrix or its columns; 'rows' by default. */
  mode?: 'rows' | 'columns' | undefined;
}

/** Keras's, below which a vector has no direction. */
const TINY = 1e-12;

/** Keras's regularizer, under its name, so that its models load. */
class OrthogonalRegularizer extends RegularizerBase {
  static readonly className = 'OrthogonalRegularizer';
  readonly #factor: number;
  readonly #mode: 'rows' | 'columns';

  constructor(options: OrthogonalOptions = {}) {
    super();
    this.#factor = checkNumber('orthogonal', 'factor', options.factor ?? 0.01, { min: 0 });
    this.#mode = checkChoice('orthogonal', 'mode', options.mode ?? 'rows', ['rows', 'columns']);
  }

  override apply(x: Tensor): Scalar {
    if (x.rank !== 2) throw new ArgumentError('orthogonal', 'weights', `the shape [${x.shape}]`, 'a matrix');
    return tidy(() => {
      const isRows = this.#mode === 'rows';
      const lengths = sum(square(x), isRows ? 1 : 0, true);
      const unit = mul(x, rsqrt(maximum(lengths, TINY))) as Tensor2D;
      const size = x.shape[isRows ? 0 : 1]!;
      const products = matMul(unit, unit, !isRows, isRows);
      const others = mul(abs(products), sub(1, eye(size)));
      // Each pair is there twice; one vector alone has none.
      return mul(sum(others), this.#factor / Math.max(1, size * (size - 1))) as Scalar;
    });
  }

  override getConfig(): serialization.ConfigDict {
    return { factor: this.#factor, mode: this.#mode };
  }
}

serialization.registerClass(OrthogonalRegularizer);

/**
 * A penalty on weights that point in similar directions.
 *
 * `λ · mean_{i<j} |⟨w_i, w_j⟩| / (‖w_i‖·‖w_j‖)` over the pairs of rows, or columns, of a matrix.
 *
 * @param options `factor` ≥ 0 (0.01), `mode` 'rows' or 'columns' ('rows')
 * @returns a regularizer for layers whose weights are a matrix; its `penalty` takes any tree of matrices
 * @throws ArgumentError when an option is out of range, and when it is applied to anything but a matrix
 *
 * @example
 * tf.layers.dense({ units: 8, kernelRegularizer: regularizers.orthogonal({ mode: 'columns' }) });
 *
 * @see Brock, Lim, Ritchie & Weston, "Neural Photo Editing with Introspective Adversarial Networks", ICLR 2017
 */
export function orthogonal(options: OrthogonalOptions = {}): Penalty {
  checkOptions('orthogonal', options, ['factor', 'mode']);
  return withPenalty(new OrthogonalRegularizer(options));
}
