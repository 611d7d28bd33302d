import type { UpdateName, UpdateRule } from '../../../../src/core/updates/rules.ts';

/** One number of a parameter with its slots, which a rule changes in double precision. */
export interface Reference {
  w: number;
  slots: number[];
}

type Step<N extends UpdateName> = (r: Reference, g: number, rule: UpdateRule<N>, t: number) => number;

/** What is taken from the parameter, as the papers and Keras (keras/src/optimizers) write it; changes the slots. */
const CHANGES: { readonly [N in UpdateName]: Step<N> } = {
  sgd: (_, g, { learningRate }) => learningRate * g,
  momentum: ({ slots }, g, { learningRate, momentum, nesterov }) => {
    slots[0] = momentum * slots[0]! + g;
    return learningRate * (nesterov ? g + momentum * slots[0] : slots[0]);
  },
  adam: ({ slots }, g, { learningRate, beta1, beta2, epsilon }, t) => {
    slots[0] = beta1 * slots[0]! + (1 - beta1) * g;
    slots[1] = beta2 * slots[1]! + (1 - beta2) * g ** 2;
    const [m, v] = [slots[0] / (1 - beta1 ** t), slots[1] / (1 - beta2 ** t)];
    return (learningRate * m) / (Math.sqrt(v) + epsilon);
  },
  amsgrad: ({ slots }, g, { learningRate, beta1, beta2, epsilon }, t) => {
    slots[0] = beta1 * slots[0]! + (1 - beta1) * g;
    slots[1] = beta2 * slots[1]! + (1 - beta2) * g ** 2;
    slots[2] = Math.max(slots[2]!, slots[1]);
    const [m, v] = [slots[0] / (1 - beta1 ** t), slots[2] / (1 - beta2 ** t)];
    return (learningRate * m) / (Math.sqrt(v) + epsilon);
  },
  rmsprop: ({ slots }, g, { learningRate, decay, epsilon }) => {
    slots[0] = decay * slots[0]! + (1 - decay) * g ** 2;
    return (learningRate * g) / Math.sqrt(slots[0] + epsilon);
  },
  rmspropMomentum: ({ slots }, g, { learningRate, decay, momentum, epsilon }) => {
    slots[0] = decay * slots[0]! + (1 - decay) * g ** 2;
    slots[1] = momentum * slots[1]! + (learningRate * g) / Math.sqrt(slots[0] + epsilon);
    return slots[1];
  },
  rmspropCentered: ({ slots }, g, { learningRate, decay, momentum, epsilon }) => {
    slots[0] = decay * slots[0]! + (1 - decay) * g ** 2;
    slots[2] = decay * slots[2]! + (1 - decay) * g;
    const variance = slots[0] - slots[2] ** 2;
    slots[1] = momentum * slots[1]! + (learningRate * g) / Math.sqrt(variance + epsilon);
    return slots[1];
  },
  lion: ({ slots }, g, { learningRate, beta1, beta2 }) => {
    const direction = Math.sign(beta1 * slots[0]! + (1 - beta1) * g);
    slots[0] = beta2 * slots[0]! + (1 - beta2) * g;
    return learningRate * direction;
  },
  adagrad: ({ slots }, g, { learningRate, epsilon }) => {
    slots[0] = slots[0]! + g ** 2;
    return (learningRate * g) / Math.sqrt(slots[0] + epsilon);
  },
  adadelta: ({ slots }, g, { learningRate, rho, epsilon }) => {
    slots[0] = rho * slots[0]! + (1 - rho) * g ** 2;
    const u = (Math.sqrt(slots[1]! + epsilon) / Math.sqrt(slots[0] + epsilon)) * g;
    slots[1] = rho * slots[1]! + (1 - rho) * u ** 2;
    return learningRate * u;
  },
  adamax: ({ slots }, g, { learningRate, beta1, beta2, epsilon }, t) => {
    slots[0] = beta1 * slots[0]! + (1 - beta1) * g;
    slots[1] = Math.max(beta2 * slots[1]!, Math.abs(g));
    return ((learningRate / (1 - beta1 ** t)) * slots[0]) / (slots[1] + epsilon);
  },
};

/** One step `t`, counted from 1, of a rule in double precision. */
export function referenceStep<N extends UpdateName>(
  reference: Reference,
  g: number,
  rule: UpdateRule<N>,
  t: number,
): void {
  const change = (CHANGES[rule.name as N] as Step<N>)(reference, g, rule, t);
  const decay = rule.weightDecay ? rule.learningRate * rule.weightDecay * reference.w : 0;
  reference.w -= change + decay;
}
