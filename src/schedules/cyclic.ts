import { checkChoice, checkOptions } from '../core/check.ts';
import type { Schedule } from '../core/types.ts';
import { ANY, checkAll, makeSchedule, POSITIVE, STEPS } from './make.ts';

const SCALES = ['constant', 'halving', 'exponential'] as const;

/** Options of `cyclic`. */
export interface CyclicOptions {
  /** The lowest value v, that of step 0. */
  initialValue: number;
  /** The highest value p of the first cycle. */
  peakValue: number;
  /** The number of steps U > 0 of a rise. */
  stepsUp: number;
  /** The number of steps D > 0 of a fall; as many as of a rise by default. */
  stepsDown?: number | undefined;
  /** What becomes of the height: it stays, halves from cycle to cycle, or falls as γᵗ; 'constant' by default. */
  scale?: (typeof SCALES)[number] | undefined;
  /** The factor γ > 0 of a step for 'exponential'; 1 by default. */
  gamma?: number | undefined;
}

/**
 * Rises and falls along straight lines, over and over.
 *
 * `s(t) = v + (p − v)·h(t)·c`, where h rises from 0 to 1 in the first U steps of a cycle and falls back in the other D,
 * and c is 1, 2⁻ⁱ in cycle i = ⌊t/(U + D)⌋, or γᵗ: the policies triangular, triangular2 and exp_range of the paper.
 *
 * @param options `initialValue` v; `peakValue` p; `stepsUp` U > 0; `stepsDown` D > 0 (U); `scale` ('constant'),
 *   'halving' or 'exponential'; `gamma` γ > 0 (1)
 * @returns a function of the step
 * @throws ArgumentError when an option is missing or out of range; when it is called, for a step that is
 *   negative or not finite
 *
 * @example
 * const rate = schedules.cyclic({ initialValue: 0, peakValue: 1, stepsUp: 4 });
 * [rate(2), rate(4), rate(6), rate(8)]; // 0.5, 1, 0.5, 0
 *
 * @see Smith, "Cyclical Learning Rates for Training Neural Networks", WACV 2017
 */
export function cyclic(options: CyclicOptions): Schedule {
  checkOptions('cyclic', options, ['initialValue', 'peakValue', 'stepsUp', 'stepsDown', 'scale', 'gamma']);
  const { scale = 'constant', ...numbers } = options;
  checkChoice('cyclic', 'scale', scale, SCALES);
  const allowed = { initialValue: ANY, peakValue: ANY, stepsUp: STEPS, stepsDown: STEPS, gamma: POSITIVE };
  const checked = checkAll<Omit<CyclicOptions, 'scale'>>('cyclic', numbers, allowed, {
    gamma: 1,
    stepsDown: numbers.stepsUp,
  });
  const { initialValue, peakValue, stepsUp, stepsDown, gamma } = checked;
  const period = stepsUp + stepsDown;
  return makeSchedule('cyclic', { ...checked, scale }, 3 * period, (step) => {
    const cycle = Math.floor(step / period);
    const within = step - cycle * period;
    const share = within < stepsUp ? within / stepsUp : (period - within) / stepsDown;
    const height = { constant: 1, halving: 2 ** -cycle, exponential: gamma ** step }[scale];
    return initialValue + (peakValue - initialValue) * share * height;
  });
}
