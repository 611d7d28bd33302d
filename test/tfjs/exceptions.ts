import type { Exception } from './support/judge.ts';

/** On every back end: what our optimizers do in another way, and why. */
const optimizers: readonly Exception[] = [
  {
    reason:
      "expects stock's step, which divides by the mean square of the gradients before this one: the first step is " +
      'the whole gradient, a thousand times what the definition has',
    specs: ['AdadeltaOptimizer basic', 'AdadeltaOptimizer Save, load weights and continue training'],
  },
  {
    reason: 'gives the weights of an Adagrad to an Adam, which ours refuses',
    specs: ['AdagradOptimizer Continue training after loading weights'],
  },
  {
    reason: 'counts the tensor in which stock keeps the momentum, which is a number in ours',
    specs: ['MomentumOptimizer basic', 'MomentumOptimizer basic - with Nesterov'],
  },
];

/** The specs that fail on each back end, by reason. */
export const exceptions: Readonly<Record<string, readonly Exception[]>> = {
  cpu: optimizers,
  wasm: optimizers,
  tensorflow: optimizers,
};
