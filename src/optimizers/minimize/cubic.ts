// The next trial of a line search, by Moré & Thuente, ACM TOMS 20, 1994, section 4.

/** A step along the line, with the value and the slope there. */
export interface Trial {
  step: number;
  value: number;
  slope: number;
}

/** Where the cubic through both trials has its minimum, as a share of the way from `a` to `b`, and √ of its radicand. */
function cubicShare(a: Trial, b: Trial): [share: number, root: number] {
  const theta = (3 * (a.value - b.value)) / (b.step - a.step) + a.slope + b.slope;
  const s = Math.max(Math.abs(theta), Math.abs(a.slope), Math.abs(b.slope));
  const root = s * Math.sqrt(Math.max(0, (theta / s) ** 2 - (a.slope / s) * (b.slope / s)));
  const gamma = b.step < a.step ? -root : root;
  return [(gamma - a.slope + theta) / (gamma - a.slope + gamma + b.slope), root];
}

const cubic = (a: Trial, b: Trial): number => a.step + cubicShare(a, b)[0] * (b.step - a.step);

/** The minimum of the parabola with both values and the slope at `a`. */
const quadratic = (a: Trial, b: Trial): number =>
  a.step + (a.slope / ((a.value - b.value) / (b.step - a.step) + a.slope) / 2) * (b.step - a.step);

/** The minimum of the parabola with the slopes at both. */
const secant = (a: Trial, b: Trial): number => b.step + (b.slope / (b.slope - a.slope)) * (a.step - b.step);

/**
 * @param best the trial with the least value so far
 * @param other the other end of the interval
 * @param trial the newest one
 * @param bracketed whether a minimum lies between `best` and `other`
 * @returns the next step, and whether a minimum is now bracketed
 */
export function nextStep(
  best: Trial,
  other: Trial,
  trial: Trial,
  bracketed: boolean,
  [min, max]: readonly [number, number],
): [step: number, bracketed: boolean] {
  if (trial.value > best.value) {
    const [c, q] = [cubic(best, trial), quadratic(best, trial)];
    return [Math.abs(c - best.step) < Math.abs(q - best.step) ? c : c + (q - c) / 2, true];
  }
  if (trial.slope * best.slope < 0) {
    const [c, s] = [cubic(trial, best), secant(best, trial)];
    return [Math.abs(c - trial.step) > Math.abs(s - trial.step) ? c : s, true];
  }
  const end = trial.step > best.step ? max : min;
  if (Math.abs(trial.slope) <= Math.abs(best.slope)) {
    const [share, root] = cubicShare(trial, best);
    // Only a cubic that rises beyond the trial has a minimum there.
    const c = share < 0 && root !== 0 ? trial.step + share * (best.step - trial.step) : end;
    const s = secant(best, trial);
    const isCubicNearer = Math.abs(c - trial.step) < Math.abs(s - trial.step);
    if (!bracketed) return [Math.min(max, Math.max(min, isCubicNearer ? s : c)), false];
    const near = isCubicNearer ? c : s;
    const limit = trial.step + 0.66 * (other.step - trial.step);
    return [trial.step > best.step ? Math.min(limit, near) : Math.max(limit, near), true];
  }
  return [bracketed ? cubic(trial, other) : end, bracketed];
}
