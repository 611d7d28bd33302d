import type { Schedule } from '../core/types.ts';
import { ANY, checkAll, makeSchedule, POSITIVE, STEPS } from './make.ts';

/** Options of `cosineDecay`. */
export interface CosineDecayOptions {
  /** The value v at step 0. */
  initialValue: number;
  /** The number of steps T > 0 to the end of the decay. */
  decaySteps: number;
  /** The share α of the value, in [0, 1], that is left at the end; 0 by default. */
  alpha?: number | undefined;
}

const SHARE = { min: 0, max: 1 };

/** Half a wave of the cosine, from 1 at 0 to 0 at 1. */
export const wave = (share: number): number => 0.5 * (1 + Math.cos(Math.PI * share));

/**
 * Falls along half a wave of the cosine.
 *
 * `s(t) = v·((1 − α)·½(1 + cos(π·min(t, T)/T)) + α)`
 *
 * @param options `initialValue` v; `decaySteps` T > 0; `alpha` α in [0, 1] (0)
 * @returns a function of the step
 * @throws ArgumentError when an option is missing or out of range; when it is called, for a step that is
 *   negative or not finite
 *
 * @example
 * schedules.cosineDecay({ initialValue: 0.1, decaySteps: 10 })(5); // 0.05
 *
 * @see Loshchilov & Hutter, "SGDR: Stochastic Gradient Descent with Warm Restarts", ICLR 2017
 */
export function cosineDecay(options: CosineDecayOptions): Schedule {
  const allowed = { initialValue: ANY, decaySteps: STEPS, alpha: SHARE };
  const checked = checkAll('cosineDecay', options, allowed, { alpha: 0 });
  const { initialValue, decaySteps, alpha } = checked;
  return makeSchedule('cosineDecay', checked, 1.2 * decaySteps, (step) => {
    return initialValue * ((1 - alpha) * wave(Math.min(step / decaySteps, 1)) + alpha);
  });
}

/** Options of `cosineRestarts`. */
export interface CosineRestartsOptions {
  /** The value v at step 0. */
  initialValue: number;
  /** The number of steps T > 0 of the first period. */
  firstDecaySteps: number;
  /** The factor from one period's length to the next one's, at least 1; 2 by default. */
  tMul?: number | undefined;
  /** The factor from one period's highest value to the next one's, above 0; 1 by default. */
  mMul?: number | undefined;
  /** The share α of the value, in [0, 1], that is left at the end of a period; 0 by default. */
  alpha?: number | undefined;
}

/** The period of a step, counted from 0, and the share of it that has passed; `progress` counts first periods. */
function periodOf(progress: number, factor: number): [number, number] {
  if (factor === 1) return [Math.floor(progress), progress % 1];
  const start = (period: number): number => (factor ** period - 1) / (factor - 1);
  let period = Math.max(0, Math.floor(Math.log(1 + progress * (factor - 1)) / Math.log(factor)));
  // The logarithm of a power may come out a little below or above its exponent.
  if (start(period) > progress) period -= 1;
  else if (start(period + 1) <= progress) period += 1;
  return [period, (progress - start(period)) / factor ** period];
}

/**
 * Falls along half a wave of the cosine and starts again, each period longer than the one before.
 *
 * `s(t) = v·((1 − α)·mⁱ·½(1 + cos(π·u)) + α)`, where i is the period and u the share of it that has passed;
 * period i has T·(tMul)ⁱ steps and m is mMul
 *
 * @param options `initialValue` v; `firstDecaySteps` T > 0; `tMul` ≥ 1 (2); `mMul` > 0 (1); `alpha` α in
 *   [0, 1] (0)
 * @returns a function of the step
 * @throws ArgumentError when an option is missing or out of range; when it is called, for a step that is
 *   negative or not finite
 *
 * @example
 * schedules.cosineRestarts({ initialValue: 0.1, firstDecaySteps: 10 })(10); // 0.1, at the first restart
 *
 * @see Loshchilov & Hutter, "SGDR: Stochastic Gradient Descent with Warm Restarts", ICLR 2017
 */
export function cosineRestarts(options: CosineRestartsOptions): Schedule {
  const allowed = {
    ...{ initialValue: ANY, firstDecaySteps: STEPS },
    ...{ tMul: { min: 1 }, mMul: POSITIVE, alpha: SHARE },
  };
  const checked = checkAll('cosineRestarts', options, allowed, { tMul: 2, mMul: 1, alpha: 0 });
  const { initialValue, firstDecaySteps, tMul, mMul, alpha } = checked;
  const horizon = firstDecaySteps * (1 + tMul + tMul ** 2);
  return makeSchedule('cosineRestarts', checked, horizon, (step) => {
    const [period, share] = periodOf(step / firstDecaySteps, tMul);
    return initialValue * ((1 - alpha) * mMul ** period * wave(share) + alpha);
  });
}
