import { type Case, inputsOf, type Plain, type Tf } from './case.ts';
import { type Outcome, tensorOf, weightedSum } from './outcome.ts';

const STEP = 1e-4;

/** The gradients of a case by central differences, for a back end that computes with doubles. */
export function differencesOf(tf: Tf, one: Case): Outcome {
  if (one.gradient !== 'differences') return { leaked: 0, kernels: [] };
  const inputs = inputsOf(one);
  const at = (changed: Plain, values: number[]): number =>
    tf.tidy(() => {
      const tensors = inputs.map((input) => tensorOf(tf, input === changed ? { ...input, values } : input));
      return weightedSum(tf, one, tensors).dataSync()[0]!;
    });
  try {
    const gradients = inputs
      .filter(({ dtype }) => dtype === 'float32')
      .map((input): Plain => {
        const values = input.values as number[];
        const moved = (i: number, step: number): number => at(input, values.with(i, values[i]! + step));
        return { ...input, values: values.map((_, i) => (moved(i, STEP) - moved(i, -STEP)) / (2 * STEP)) };
      });
    return { gradients, leaked: 0, kernels: [] };
  } catch (thrown) {
    return { gradientError: String(thrown).split('\n')[0]!, leaked: 0, kernels: [] };
  }
}
