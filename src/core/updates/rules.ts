/** What the rules have of their own, besides a learning rate and decoupled weight decay. */
interface Options {
  /** `w ← w − η·g` */
  sgd: object;
  /** `m ← μ·m + g`, `w ← w − η·m`; with `nesterov` `w ← w − η·(g + μ·m)` */
  momentum: { readonly momentum: number; readonly nesterov: boolean };
  /** `m ← β₁·m + (1 − β₁)·g`, `v ← β₂·v + (1 − β₂)·g²`, `w ← w − η·m̂ / (√v̂ + ε)` */
  adam: CorrectedMoments;
  /** The same with the largest `v` so far, kept in a third slot, in the place of `v`. */
  amsgrad: CorrectedMoments;
  /** `v ← ρ·v + (1 − ρ)·g²`, `w ← w − η·g / √(v + ε)` */
  rmsprop: { readonly decay: number; readonly epsilon: number };
  /** The same, of which `m ← μ·m + η·g / √(v + ε)` is taken from `w`. */
  rmspropMomentum: { readonly decay: number; readonly momentum: number; readonly epsilon: number };
  /** The same with `a ← ρ·a + (1 − ρ)·g` and the variance `v − a²` in the place of `v`. */
  rmspropCentered: { readonly decay: number; readonly momentum: number; readonly epsilon: number };
  /** `w ← w − η·sign(β₁·m + (1 − β₁)·g)`, then `m ← β₂·m + (1 − β₂)·g` */
  lion: { readonly beta1: number; readonly beta2: number };
  /** `s ← s + g²`, `w ← w − η·g / √(s + ε)` */
  adagrad: { readonly epsilon: number };
  /** `s ← ρ·s + (1 − ρ)·g²`, `u = g·√(d + ε) / √(s + ε)`, `d ← ρ·d + (1 − ρ)·u²`, `w ← w − η·u` */
  adadelta: { readonly rho: number; readonly epsilon: number };
  /** `m ← β₁·m + (1 − β₁)·g`, `u ← max(β₂·u, |g|)`, `w ← w − η·m̂ / (u + ε)` */
  adamax: Moments;
}

interface Moments {
  readonly beta1: number;
  readonly beta2: number;
  readonly epsilon: number;
}

interface CorrectedMoments extends Moments {
  /** Whether ε stands beside √v as Keras has it, not beside √v̂; false by default. */
  readonly epsilonHat?: boolean;
}

/** The rules that are applied in one pass over the memory of a parameter. */
export type UpdateName = keyof Options;

/**
 * How an optimizer changes a parameter `w` by its gradient `g` in one step, beside `w ← w − η·λ·w`.
 *
 * @see Kingma & Ba, "Adam", 2015; Reddi et al., "On the Convergence of Adam and Beyond", 2018; Loshchilov &
 * Hutter, "Decoupled Weight Decay Regularization", 2019; Chen et al., "Symbolic Discovery of Optimization
 * Algorithms", 2023 (Lion); Duchi et al., 2011 (Adagrad); Zeiler, 2012 (Adadelta)
 */
export type UpdateRule<N extends UpdateName = UpdateName> = {
  [K in N]: {
    readonly name: K;
    /** The rate η of this step. */
    readonly learningRate: number;
    /** The decoupled weight decay λ; 0 by default. */
    readonly weightDecay?: number;
  } & Options[K];
}[N];

/** The tensors of the shape of the parameter that each rule keeps from step to step, in their order. */
export const SLOTS: { readonly [N in UpdateName]: readonly string[] } = {
  sgd: [],
  momentum: ['momentum'],
  adam: ['m', 'v'],
  amsgrad: ['m', 'v', 'vhat'],
  rmsprop: ['rms'],
  rmspropMomentum: ['rms', 'momentum'],
  rmspropCentered: ['rms', 'momentum', 'mg'],
  lion: ['momentum'],
  adagrad: ['accumulator'],
  adadelta: ['accum_grad', 'accum_var'],
  adamax: ['m', 'v'],
};

type Numbers = { readonly [N in UpdateName]: (rule: UpdateRule<N>, step: number) => readonly number[] };

/** η·m̂ / (√v̂ + ε) = η'·m / (√v + ε') */
function adam(rule: CorrectedMoments & { readonly learningRate: number }, step: number): number[] {
  const { learningRate, beta1, beta2, epsilon, epsilonHat } = rule;
  const correction = Math.sqrt(1 - beta2 ** step);
  const rate = (learningRate * correction) / (1 - beta1 ** step);
  return [rate, beta1, 1 - beta1, beta2, 1 - beta2, epsilonHat ? epsilon : epsilon * correction];
}

const rmsprop = (rule: UpdateRule<'rmspropMomentum' | 'rmspropCentered'>): number[] => [
  rule.learningRate,
  rule.decay,
  1 - rule.decay,
  rule.momentum,
  rule.epsilon,
];

const NUMBERS: Numbers = {
  sgd: (rule) => [rule.learningRate],
  momentum: (rule) => [rule.learningRate, rule.momentum, rule.nesterov ? 1 : 0],
  adam,
  amsgrad: adam,
  rmsprop: (rule) => [rule.learningRate, rule.decay, 1 - rule.decay, rule.epsilon],
  rmspropMomentum: rmsprop,
  rmspropCentered: rmsprop,
  lion: (rule) => [rule.learningRate, rule.beta1, 1 - rule.beta1, rule.beta2, 1 - rule.beta2],
  adagrad: (rule) => [rule.learningRate, rule.epsilon],
  adadelta: (rule) => [rule.learningRate, rule.rho, 1 - rule.rho, rule.epsilon],
  adamax: (rule, step) => [
    rule.learningRate / (1 - rule.beta1 ** step),
    rule.beta1,
    1 - rule.beta1,
    rule.beta2,
    rule.epsilon,
  ],
};

/** What a step of a rule computes with. */
export interface UpdateStep {
  readonly name: UpdateName;
  /** η·λ, the share of the parameter that is taken off before the rest. */
  readonly shrink: number;
  /** The factors of the rule, the one that stands before the whole change first. */
  readonly numbers: readonly number[];
}

/**
 * The numbers of one step.
 *
 * @param rule with the learning rate of this step
 * @param step counted from 1, as the corrections of the moments need it
 */
export function updateStep<N extends UpdateName>(rule: UpdateRule<N>, step: number): UpdateStep {
  const numbers: (rule: UpdateRule<N>, step: number) => readonly number[] = NUMBERS[rule.name as N];
  return {
    name: rule.name,
    shrink: rule.learningRate * (rule.weightDecay ?? 0),
    numbers: numbers(rule, step),
  };
}
