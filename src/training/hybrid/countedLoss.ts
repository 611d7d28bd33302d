import { type Scalar, Tensor } from '@tensorflow/tfjs-core';
import { ArgumentError, describe } from '../../core/check.ts';

/** A loss that is checked to be one, and counts how often it was computed. */
export class CountedLoss {
  readonly #loss: () => Tensor;
  #evaluations = 0;

  /** @param loss computes it */
  constructor(loss: () => Tensor) {
    this.#loss = loss;
  }

  /** How often it was computed. */
  get evaluations(): number {
    return this.#evaluations;
  }

  /**
   * Computes it once more.
   *
   * @throws ArgumentError where that is no scalar
   */
  readonly compute = (): Scalar => {
    const value: unknown = this.#loss();
    this.#evaluations += 1;
    if (value instanceof Tensor && value.size === 1) return value.asScalar();
    const received = value instanceof Tensor ? `a tensor of the shape [${value.shape}]` : describe(value);
    throw new ArgumentError('hybrid', 'f', received, 'a function that returns a loss, a scalar tensor');
  };
}
