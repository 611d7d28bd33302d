import { Tensor, tidy } from '@tensorflow/tfjs-core';
import { ArgumentError, describe } from '../../core/check.ts';
import type { Params } from '../../core/types.ts';
import { jacobianMatrix } from '../derivatives/jacobians.ts';
import { type Residuals, SINGLE } from './objective.ts';
import type { TensorDomain } from './tensors.ts';

/** What a user gives for a function of tensors that gives residuals. */
export interface ResidualFunctions<P extends Params> {
  f: (x: P) => Tensor;
  jacobian?: ((x: P) => Tensor) | undefined;
}

/** A user's residuals of tensors; they are computed in single precision. */
export class TensorResiduals<P extends Params> implements Residuals {
  readonly precision: number = SINGLE;
  readonly #domain: TensorDomain<P>;
  readonly #functions: ResidualFunctions<P>;
  #evaluations = 0;
  #rows: number | undefined;

  constructor(domain: TensorDomain<P>, functions: ResidualFunctions<P>) {
    this.#domain = domain;
    this.#functions = functions;
  }

  get size(): number {
    return this.#domain.leaves.size;
  }

  get evaluations(): number {
    return this.#evaluations;
  }

  residuals(x: Float64Array): Float64Array {
    let values = new Float64Array(0);
    tidy(() => {
      values = Float64Array.from(this.#value(this.#domain.place(x)).dataSync());
    });
    return values;
  }

  jacobian(x: Float64Array, { length: m }: Float64Array): Float64Array {
    const n = this.size;
    const columns = new Float64Array(m * n);
    tidy(() => {
      const leaves = this.#domain.place(x);
      const { jacobian } = this.#functions;
      const matrix = jacobian
        ? this.#checked(jacobian(this.#domain.tree(leaves)), m)
        : jacobianMatrix(() => this.#value(leaves), leaves, m);
      const rows = matrix.dataSync();
      for (let i = 0; i < m; i++) for (let j = 0; j < n; j++) columns[j * m + i] = rows[i * n + j]!;
    });
    return columns;
  }

  #value(leaves: readonly Tensor[]): Tensor {
    this.#evaluations += 1;
    const value: unknown = this.#functions.f(this.#domain.tree(leaves));
    if (value instanceof Tensor && value.size > 0 && value.size === (this.#rows ?? value.size)) {
      this.#rows = value.size;
      return value;
    }
    const received = value instanceof Tensor ? `a tensor of the shape [${value.shape}]` : describe(value);
    const allowed = `a function that returns a tensor of ${this.#rows ?? 'the'} residuals`;
    throw new ArgumentError('minimize', 'f', received, allowed);
  }

  #checked(matrix: unknown, m: number): Tensor {
    if (matrix instanceof Tensor && matrix.size === m * this.size) return matrix;
    const received = matrix instanceof Tensor ? `[${matrix.shape}]` : describe(matrix);
    const allowed = `a function that returns a tensor of the shape [${m}, ${this.size}]`;
    throw new ArgumentError('minimize', 'jacobian', received, allowed);
  }
}
