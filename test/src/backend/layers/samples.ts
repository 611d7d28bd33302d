import { tf } from '../../../../src/backend/index.ts';

/** One number a sample. */
export const column = (values: readonly number[]): tf.Tensor2D =>
  tf.tensor2d([...values], [values.length, 1]);

/** An optimizer that changes nothing. */
export const frozen = (): tf.SGDOptimizer => tf.train.sgd(0);
