import {
  add,
  broadcastTo,
  cast,
  getBackend,
  mul,
  sub,
  type Tensor,
  tidy,
  util,
  type Variable,
} from '@tensorflow/tfjs-core';
import { ArgumentError } from '../check.ts';
import { FORMULAS } from './formulas.ts';
import { type UpdateName, type UpdateRule, type UpdateStep, updateStep } from './rules.ts';

/** A parameter with what changes it, all of one shape and float32. */
export interface UpdateTarget {
  readonly variable: Variable;
  readonly gradient: Tensor;
  /** In the order of `SLOTS`. */
  readonly slots: readonly Variable[];
}

/** Applies one step to each of the targets, which it may take to be valid. */
export type Updater = (step: UpdateStep, targets: readonly UpdateTarget[]) => void;

/** Which steps an updater takes in one pass over memory. */
type InOnePass = (step: UpdateStep) => boolean;

const updaters = new Map<string, { readonly updater: Updater; readonly inOnePass: InOnePass }>();

/** Declares how the back end of that name applies updates, in the place of the operations of tfjs. */
export function registerUpdater(
  backendName: string,
  updater: Updater,
  inOnePass: InOnePass = () => true,
): void {
  updaters.set(backendName, { updater, inOnePass });
}

/** Whether the back end in use takes a step of a rule in one pass, where it has a way of its own. */
export function takesInOnePass<N extends UpdateName>(rule: UpdateRule<N>, step: number): boolean {
  return updaters.get(getBackend())?.inOnePass(updateStep(rule, step)) ?? true;
}

/** Applies a step by operations of tfjs, on any back end. */
export const updateByOperations: Updater = ({ name, shrink, numbers }, targets) => {
  for (const { variable, gradient, slots } of targets) {
    tidy(() => {
      const [change, ...next] = FORMULAS[name](gradient, slots, numbers);
      const whole = shrink === 0 ? change : add(change, mul(shrink, variable));
      slots.forEach((slot, i) => {
        slot.assign(next[i]!);
      });
      variable.assign(sub(variable, whole));
    });
  }
};

/** The target with a gradient that was of another type, or that tfjs would broadcast. */
function fitted(target: UpdateTarget): UpdateTarget {
  const { variable, gradient, slots } = target;
  if (variable.dtype !== 'float32') {
    const allowed = 'of type float32 to be trained';
    throw new ArgumentError('applyGradients', `the variable ${variable.name}`, variable.dtype, allowed);
  }
  for (const { shape } of slots) {
    if (util.arraysEqual(shape, variable.shape)) continue;
    const allowed = `of the shape of its variable, [${variable.shape}]`;
    throw new ArgumentError('applyGradients', `the state of ${variable.name}`, `[${shape}]`, allowed);
  }
  const same = util.arraysEqual(gradient.shape, variable.shape);
  if (same && gradient.dtype === 'float32') return target;
  try {
    const whole = same ? gradient : broadcastTo(gradient, variable.shape);
    return { ...target, gradient: cast(whole, 'float32') };
  } catch {
    throw new ArgumentError(
      'applyGradients',
      `the gradient of ${variable.name}`,
      `[${gradient.shape}]`,
      `of the shape of its variable, [${variable.shape}]`,
    );
  }
}

/**
 * Changes variables and their slots by one step of a rule, in one pass over memory where the back end in use
 * has one. Every target is looked at before the first is changed.
 *
 * @param rule with the learning rate of this step
 * @param step counted from 1
 * @param targets the variables, each with its gradient and its slots, as `SLOTS` names them
 * @throws ArgumentError when a variable is no float32, or a gradient does not fit its variable
 */
export function applyRule<N extends UpdateName>(
  rule: UpdateRule<N>,
  step: number,
  targets: readonly UpdateTarget[],
): void {
  const updater = updaters.get(getBackend())?.updater ?? updateByOperations;
  tidy(() => {
    updater(updateStep(rule, step), targets.map(fitted));
  });
}
