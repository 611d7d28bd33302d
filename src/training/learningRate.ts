import type { Optimizer } from '@tensorflow/tfjs-core';
import { checkNumber } from '../core/check.ts';
import type { Schedule } from '../core/types.ts';

/** An optimizer with a rate; tfjs declares its own as protected. */
interface Rated {
  learningRate?: number | Schedule;
}

/** The rate as it is kept, a number or a schedule; undefined for an optimizer that has none. */
function keptRate(optimizer: Optimizer): number | Schedule | undefined {
  try {
    return (optimizer as unknown as Rated).learningRate;
  } catch {
    // A chain without a rate says so by an error.
    return undefined;
  }
}

/** The learning rate of the optimizer's next step; undefined for one without. */
export function rateOf(optimizer: Optimizer): number | undefined {
  const rate = keptRate(optimizer);
  const value = typeof rate === 'function' ? rate(optimizer.iterations) : rate;
  return typeof value === 'number' ? value : undefined;
}

/** Whether the rate is a function of the step. */
export const isScheduled = (optimizer: Optimizer): boolean => typeof keptRate(optimizer) === 'function';

/**
 * Sets the learning rate from the next step on, in the place of a schedule too.
 *
 * @param where the public function, for the error message
 * @throws ArgumentError when it is no finite number of at least 0; Error when the optimizer has no rate
 */
export function setRate(where: string, optimizer: Optimizer, rate: unknown): void {
  const checked = checkNumber(where, 'learningRate', rate, { min: 0 });
  if (keptRate(optimizer) === undefined)
    throw new Error(`${where}: the optimizer has no learning rate to set`);
  const own = Reflect.get(optimizer, 'setLearningRate') as ((rate: number) => void) | undefined;
  if (own) own.call(optimizer, checked);
  else (optimizer as unknown as Rated).learningRate = checked;
}
