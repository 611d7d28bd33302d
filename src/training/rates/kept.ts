// What training changes, so that it can be put back as it was.
import { type Optimizer, type Tensor, Variable } from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import { copyOf } from '../../core/tensor.ts';

type Restore = () => void;

/** Copies of the values of a variable, to be put back once. */
function keptVariable(variable: Variable): Restore {
  const copy: Tensor = copyOf(variable);
  return () => {
    if (!variable.isDisposed) variable.assign(copy);
    copy.dispose();
  };
}

/** Optimizers whose state can be copied out and in, as ours can. */
interface Stateful {
  getState(): unknown;
  setState(state: unknown): void;
  learningRate?: unknown;
}

const isStateful = (optimizer: object): optimizer is Stateful =>
  ['getState', 'setState'].every((name) => typeof Reflect.get(optimizer, name) === 'function');

function keptState(optimizer: Stateful): Restore {
  const state = optimizer.getState();
  const { learningRate } = optimizer;
  return () => {
    optimizer.setState(state);
    // A schedule is no part of the state.
    optimizer.learningRate = learningRate;
  };
}

/** What tfjs's optimizers keep for a weight. */
interface Slot {
  readonly variable: Variable;
}

function keptSlots(slots: (Slot | null | undefined)[]): Restore {
  const before = [...slots];
  const restores = before.flatMap((slot) => (slot ? [keptVariable(slot.variable)] : []));
  return () => {
    for (const restore of restores) restore();
    for (const slot of slots) if (slot && !before.includes(slot)) slot.variable.dispose();
    slots.splice(0, slots.length, ...before);
  };
}

/** The members of an optimizer of tfjs: their `setWeights` computes some anew, with another rounding. */
function keptMembers(optimizer: Optimizer): Restore {
  const { learningRate, iterations_ } = optimizer as unknown as Record<string, unknown>;
  const restores = Object.values(optimizer).flatMap((value: unknown) => {
    if (value instanceof Variable) return [keptVariable(value)];
    return Array.isArray(value) ? [keptSlots(value as Slot[])] : [];
  });
  return () => {
    for (const restore of restores) restore();
    Object.assign(optimizer, { learningRate, iterations_ });
    const set = Reflect.get(optimizer, 'setLearningRate') as ((rate: unknown) => void) | undefined;
    set?.call(optimizer, learningRate);
  };
}

/**
 * Copies the weights of a model and the state of its optimizer.
 *
 * @returns a function that puts them back bitwise; it is to be called once, since it frees the copies
 */
export function keepModel(model: LayersModel, optimizer: Optimizer): Restore {
  const weights = model.weights.map((weight) => keptVariable(weight.read() as Variable));
  const state = isStateful(optimizer) ? keptState(optimizer) : keptMembers(optimizer);
  return () => {
    for (const restore of weights) restore();
    state();
  };
}
