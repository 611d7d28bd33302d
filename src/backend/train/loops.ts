import type { UpdateName, UpdateStep } from '../../core/updates/rules.ts';

/** The memory of a parameter: its values before and after, its gradient and its slots, all of one length. */
interface Memory {
  readonly w: Float32Array;
  readonly g: Float32Array;
  readonly out: Float32Array;
  readonly slots: readonly Float32Array[];
}

type Loop = (memory: Memory, numbers: readonly number[], shrink: number) => void;

// 0 · ∞ is NaN, which the rule without decay does not have.
const decayed = (shrink: number, w: number): number => (shrink === 0 ? 0 : shrink * w);

const sgd: Loop = ({ w, g, out }, [rate = 0], shrink) => {
  for (let i = 0; i < w.length; i++) out[i] = w[i]! - (rate * g[i]! + decayed(shrink, w[i]!));
};

const momentum: Loop = ({ w, g, out, slots: [m] }, [rate = 0, share = 0, nesterov], shrink) => {
  for (let i = 0; i < w.length; i++) {
    const next = share * m![i]! + g[i]!;
    m![i] = next;
    out[i] = w[i]! - (rate * (nesterov ? g[i]! + share * next : next) + decayed(shrink, w[i]!));
  }
};

const adam: Loop = ({ w, g, out, slots: [m, v] }, numbers, shrink) => {
  const [rate = 0, beta1 = 0, rest1 = 0, beta2 = 0, rest2 = 0, epsilon = 0] = numbers;
  for (let i = 0; i < w.length; i++) {
    const first = beta1 * m![i]! + rest1 * g[i]!;
    const second = beta2 * v![i]! + rest2 * g[i]! * g[i]!;
    m![i] = first;
    v![i] = second;
    const change = (rate * first) / (Math.sqrt(second) + epsilon);
    out[i] = w[i]! - (change + decayed(shrink, w[i]!));
  }
};

const amsgrad: Loop = ({ w, g, out, slots: [m, v, largest] }, numbers, shrink) => {
  const [rate = 0, beta1 = 0, rest1 = 0, beta2 = 0, rest2 = 0, epsilon = 0] = numbers;
  for (let i = 0; i < w.length; i++) {
    const first = beta1 * m![i]! + rest1 * g[i]!;
    const second = beta2 * v![i]! + rest2 * g[i]! * g[i]!;
    const most = Math.max(largest![i]!, second);
    m![i] = first;
    v![i] = second;
    largest![i] = most;
    const change = (rate * first) / (Math.sqrt(most) + epsilon);
    out[i] = w[i]! - (change + decayed(shrink, w[i]!));
  }
};

const rmsprop: Loop = ({ w, g, out, slots: [v] }, numbers, shrink) => {
  const [rate = 0, decay = 0, rest = 0, epsilon = 0] = numbers;
  for (let i = 0; i < w.length; i++) {
    const next = decay * v![i]! + rest * g[i]! * g[i]!;
    v![i] = next;
    out[i] = w[i]! - ((rate * g[i]!) / Math.sqrt(next + epsilon) + decayed(shrink, w[i]!));
  }
};

const rmspropMomentum: Loop = ({ w, g, out, slots: [v, m] }, numbers, shrink) => {
  const [rate = 0, decay = 0, rest = 0, share = 0, epsilon = 0] = numbers;
  for (let i = 0; i < w.length; i++) {
    const next = decay * v![i]! + rest * g[i]! * g[i]!;
    const moved = share * m![i]! + (rate * g[i]!) / Math.sqrt(next + epsilon);
    v![i] = next;
    m![i] = moved;
    out[i] = w[i]! - (moved + decayed(shrink, w[i]!));
  }
};

const rmspropCentered: Loop = ({ w, g, out, slots: [v, m, a] }, numbers, shrink) => {
  const [rate = 0, decay = 0, rest = 0, share = 0, epsilon = 0] = numbers;
  for (let i = 0; i < w.length; i++) {
    const next = decay * v![i]! + rest * g[i]! * g[i]!;
    const mean = decay * a![i]! + rest * g[i]!;
    // Rounding may make the variance of a constant gradient negative.
    const deviation = Math.sqrt(Math.max(next - mean * mean, 0) + epsilon);
    const moved = share * m![i]! + (rate * g[i]!) / deviation;
    v![i] = next;
    m![i] = moved;
    a![i] = mean;
    out[i] = w[i]! - (moved + decayed(shrink, w[i]!));
  }
};

const lion: Loop = ({ w, g, out, slots: [m] }, numbers, shrink) => {
  const [rate = 0, beta1 = 0, rest1 = 0, beta2 = 0, rest2 = 0] = numbers;
  for (let i = 0; i < w.length; i++) {
    const direction = Math.sign(beta1 * m![i]! + rest1 * g[i]!);
    m![i] = beta2 * m![i]! + rest2 * g[i]!;
    out[i] = w[i]! - (rate * direction + decayed(shrink, w[i]!));
  }
};

const adagrad: Loop = ({ w, g, out, slots: [s] }, [rate = 0, epsilon = 0], shrink) => {
  for (let i = 0; i < w.length; i++) {
    const next = s![i]! + g[i]! * g[i]!;
    s![i] = next;
    out[i] = w[i]! - ((rate * g[i]!) / Math.sqrt(next + epsilon) + decayed(shrink, w[i]!));
  }
};

const adadelta: Loop = ({ w, g, out, slots: [s, d] }, numbers, shrink) => {
  const [rate = 0, rho = 0, rest = 0, epsilon = 0] = numbers;
  for (let i = 0; i < w.length; i++) {
    const next = rho * s![i]! + rest * g[i]! * g[i]!;
    const u = (Math.sqrt(d![i]! + epsilon) / Math.sqrt(next + epsilon)) * g[i]!;
    s![i] = next;
    d![i] = rho * d![i]! + rest * u * u;
    out[i] = w[i]! - (rate * u + decayed(shrink, w[i]!));
  }
};

const adamax: Loop = ({ w, g, out, slots: [m, u] }, numbers, shrink) => {
  const [rate = 0, beta1 = 0, rest1 = 0, beta2 = 0, epsilon = 0] = numbers;
  for (let i = 0; i < w.length; i++) {
    const first = beta1 * m![i]! + rest1 * g[i]!;
    const most = Math.max(beta2 * u![i]!, Math.abs(g[i]!));
    m![i] = first;
    u![i] = most;
    out[i] = w[i]! - ((rate * first) / (most + epsilon) + decayed(shrink, w[i]!));
  }
};

const LOOPS: { readonly [N in UpdateName]: Loop } = {
  sgd,
  momentum,
  adam,
  amsgrad,
  rmsprop,
  rmspropMomentum,
  rmspropCentered,
  lion,
  adagrad,
  adadelta,
  adamax,
};

/** Applies a step in one pass over typed arrays; `out` may be `w` itself. */
export function updateArrays({ name, shrink, numbers }: UpdateStep, memory: Memory): void {
  LOOPS[name](memory, numbers, shrink);
}
