import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import { type Tensor, tensor, engine as tfEngine, type Variable } from '@tensorflow/tfjs-core';
import { registerUpdater, type UpdateTarget } from '../../core/updates/apply.ts';
import type { UpdateName, UpdateStep } from '../../core/updates/rules.ts';
import { whole } from '../wholeCalls.ts';
import type { Engine } from './module.ts';

/** The rules by the numbers that the engine's function takes. */
const RULES: { readonly [N in UpdateName]: number } = {
  sgd: 0,
  momentum: 1,
  adam: 2,
  amsgrad: 3,
  rmsprop: 4,
  rmspropMomentum: 5,
  rmspropCentered: 6,
  lion: 7,
  adagrad: 8,
  adadelta: 9,
  adamax: 10,
};

/** A parameter of `count` floats, by addresses in the engine's memory. */
interface ParameterMemory {
  readonly count: number;
  /** Its values. */
  readonly w: number;
  /** Where the new values go; may be `w`. */
  readonly out: number;
  /** Its gradient. */
  readonly g: number;
  /** Its slots, in the order of `SLOTS`. */
  readonly slots: readonly number[];
}

/** The numbers of a step in the engine's memory: written once a step, read for each parameter. */
export interface StepMemory {
  /** Takes the numbers of the next step, of any rule. */
  write(step: UpdateStep): void;
  /** Applies the step to a parameter in one pass, without an allocation. */
  update(parameter: ParameterMemory): void;
  /** Frees the memory; it is not to be used again. */
  free(): void;
}

/**
 * Makes memory for the steps of one optimizer.
 *
 * @throws RangeError when there is none left
 *
 * @example
 * const steps = stepMemory(engine);
 * steps.write(updateStep({ name: 'sgd', learningRate: 0.1 }, 1));
 * steps.update({ count: 1000, w, out: w, g, slots: [] });
 */
export function stepMemory(engine: Engine): StepMemory {
  const { update, updateBytes } = engine.functions;
  const bytes = updateBytes();
  const address = engine.allocate(bytes);
  let rule = 0;
  return {
    write: ({ name, shrink, numbers }) => {
      rule = RULES[name];
      engine.floats(address, bytes / 4).set([shrink, ...numbers]);
    },
    update: ({ count, w, out, g, slots: [a = 0, b = 0, c = 0] }) => {
      update(rule, w, out, g, a, b, c, count, address);
    },
    free: () => engine.free(address),
  };
}

/** What the wasm back end knows of a tensor. */
interface Entry {
  id: number;
  readonly memoryOffset: number;
  readonly refCount: number;
}

/** The values of variables in the engine's memory, for whatever changes them where they are. */
export interface VariableMemory {
  /** Where the values are, which no other tensor shares from then on: those that did keep what they have. */
  own(variable: Variable): number;
  /**
   * To be called after a change, before an operation uses the variable: XNNPACK keeps weights that it has packed by the
   * number of their tensor, which becomes another.
   */
  changed(tensor: Tensor): void;
}

/** The memory of variables on that back end; those of another move to it. */
export function variableMemory(backend: BackendWasm): VariableMemory {
  const entryOf = ({ dataId }: Tensor): Entry => backend.dataIdMap.get(dataId) as unknown as Entry;
  return {
    own: (variable) => {
      if (entryOf(variable).refCount > 1) {
        const copy = tensor(variable.dataSync(), variable.shape, variable.dtype);
        variable.assign(copy);
        copy.dispose();
      }
      return entryOf(variable).memoryOffset;
    },
    changed: (changed) => {
      const entry = entryOf(changed);
      const { tfjs } = backend.wasm;
      whole(() => {
        tfjs.disposeData(entry.id);
        entry.id = Reflect.get(backend, 'dataIdNextNumber');
        Reflect.set(backend, 'dataIdNextNumber', entry.id + 1);
        tfjs.registerTensor(entry.id, changed.size, entry.memoryOffset);
      });
    },
  };
}

/** Gives the engine's updates to the optimizers, on the wasm back end. */
export function registerUpdates(engine: Engine, backend: BackendWasm): void {
  const steps = stepMemory(engine);
  const memory = variableMemory(backend);

  function apply({ variable, gradient, slots: variables }: UpdateTarget): void {
    const slots = variables.map(memory.own);
    const { size: count, shape } = variable;
    const [w, g] = [engine.address(variable), engine.address(gradient)];
    if (backend.refCount(variable.dataId) === 1) {
      steps.update({ count, w, out: w, g, slots });
      memory.changed(variable);
      return;
    }
    // Another tensor has the values of before, and keeps them.
    const after = tfEngine().makeTensorFromTensorInfo(backend.makeOutput(shape, 'float32'), backend);
    steps.update({ count, w, out: engine.address(after), g, slots });
    variable.assign(after);
  }

  registerUpdater('wasm', (step, targets) => {
    steps.write(step);
    targets.forEach(apply);
  });
}
