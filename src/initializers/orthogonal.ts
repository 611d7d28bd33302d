import {
  type DataType,
  eye,
  linalg,
  mul,
  randomNormal,
  reshape,
  sign,
  sum,
  type Tensor,
  type Tensor2D,
  tidy,
  transpose,
} from '@tensorflow/tfjs-core';
import { initializers } from '@tensorflow/tfjs-layers';
import type { Initializer, Orthogonal } from '@tensorflow/tfjs-layers/dist/initializers.js';
import { ArgumentError, checkNumber, checkOptions } from '../core/check.ts';
import { checkSeed, type SeedOptions } from './seed.ts';

/** Options of `orthogonal`. */
export interface OrthogonalOptions extends SeedOptions {
  /** The factor of the matrix; 1 by default. */
  gain?: number | undefined;
}

const Base = initializers.orthogonal({}).constructor as typeof Orthogonal;

/** tfjs's way to it, without a warning of slowness, which its QR decomposition deserved. */
class SilentOrthogonal extends Base {
  static override readonly className = 'Orthogonal';

  override apply(shape: number[], dtype: DataType = 'float32'): Tensor {
    if (shape.length < 2 || dtype !== 'float32') {
      throw new ArgumentError(
        'orthogonal',
        'shape',
        `[${shape}] of ${dtype}`,
        'of rank 2 or more, of float32',
      );
    }
    const { gain, seed } = this.getConfig() as unknown as OrthogonalOptions;
    return tidy(() => {
      const columns = shape.at(-1)!;
      const rows = shape.slice(0, -1).reduce((product, size) => product * size, 1);
      const [long, short] = [Math.max(rows, columns), Math.min(rows, columns)];
      const normal: Tensor2D = randomNormal([long, short], 0, 1, 'float32', seed);
      const [q, r] = linalg.qr(normal) as [Tensor2D, Tensor2D];
      // With a positive diagonal of R all orthogonal matrices are equally likely.
      const signs = sign(sum(mul(r, eye(short)), 1));
      const uniform = mul(q, signs) as Tensor2D;
      return mul(reshape(rows < columns ? transpose(uniform) : uniform, shape), gain ?? 1);
    });
  }
}

/**
 * An orthogonal matrix, all of which are equally likely: it keeps the length of what goes through it.
 *
 * `WᵀW = gain²·I`, or `WWᵀ` where there are more columns than rows; of a kernel of more axes all but the last make the
 * rows.
 *
 * @param options `gain` (1), `seed`
 * @returns an initializer: for layers, or by `apply(shape)`
 * @throws ArgumentError when an option is out of range, and when it is applied to a shape of rank 1
 *
 * @example
 * initializers.orthogonal({ seed: 1 }).apply([8, 4]);
 *
 * @see Saxe, McClelland & Ganguli, "Exact Solutions to the Nonlinear Dynamics of Learning in Deep Linear Neural
 * Networks", ICLR 2014; Mezzadri, "How to Generate Random Matrices from the Classical Compact Groups", Notices of the AMS
 * 54, 2007
 */
export function orthogonal(options: OrthogonalOptions = {}): Initializer {
  checkOptions('orthogonal', options, ['gain', 'seed']);
  const gain = checkNumber('orthogonal', 'gain', options.gain ?? 1);
  return new SilentOrthogonal({ gain, ...checkSeed('orthogonal', options.seed) });
}
