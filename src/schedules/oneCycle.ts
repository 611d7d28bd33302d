import type { Schedule } from '../core/types.ts';
import { wave } from './cosine.ts';
import { ANY, checkAll, makeSchedule, POSITIVE } from './make.ts';

/** Options of `oneCycle`. */
export interface OneCycleOptions {
  /** The number of steps T of the cycle, an integer of at least 1. */
  totalSteps: number;
  /** The highest value p. */
  peakValue: number;
  /** The share of the cycle, in [0, 1], in which the value rises; 0.3 by default. */
  pctStart?: number | undefined;
  /** The value begins at p / divFactor; 25 by default. */
  divFactor?: number | undefined;
  /** The value ends at p / (divFactor · finalDivFactor); 10,000 by default. */
  finalDivFactor?: number | undefined;
}

/**
 * Rises to a peak and falls far below where it began, both along half a wave of the cosine.
 *
 * With w(u) = ½(1 + cos πu), R = ⌊pctStart·T⌋, a = p/divFactor and e = a/finalDivFactor:
 * `s(t) = p + (a − p)·w(t/R)` for t < R, `e + (p − e)·w((t − R)/(T − R))` for t < T, e from then on
 *
 * @param options `totalSteps` T ≥ 1, an integer; `peakValue` p; `pctStart` in [0, 1] (0.3); `divFactor` > 0
 *   (25); `finalDivFactor` > 0 (10,000)
 * @returns a function of the step
 * @throws ArgumentError when an option is missing or out of range; when it is called, for a step that is
 *   negative or not finite
 *
 * @example
 * schedules.oneCycle({ totalSteps: 100, peakValue: 1 })(30); // 1, the peak
 *
 * @see Smith & Topin, "Super-Convergence: Very Fast Training of Neural Networks Using Large Learning Rates",
 * 2018
 */
export function oneCycle(options: OneCycleOptions): Schedule {
  const allowed = {
    ...{ totalSteps: { min: 1, integer: true }, peakValue: ANY, pctStart: { min: 0, max: 1 } },
    ...{ divFactor: POSITIVE, finalDivFactor: POSITIVE },
  };
  const defaults = { pctStart: 0.3, divFactor: 25, finalDivFactor: 1e4 };
  const checked = checkAll('oneCycle', options, allowed, defaults);
  const { totalSteps, peakValue, pctStart, divFactor, finalDivFactor } = checked;
  const rise = Math.floor(pctStart * totalSteps);
  const first = peakValue / divFactor;
  const last = first / finalDivFactor;
  return makeSchedule('oneCycle', checked, totalSteps, (step) => {
    if (step < rise) return peakValue + (first - peakValue) * wave(step / rise);
    if (step < totalSteps) return last + (peakValue - last) * wave((step - rise) / (totalSteps - rise));
    return last;
  });
}
