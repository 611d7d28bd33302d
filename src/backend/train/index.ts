// tfjs's own optimizers, put right for every user of `tf`. Theirs keep the state by the place of a variable in
// the list of gradients, so that freezing a layer gives one variable the state of another.
import { engine, type NamedTensorMap, type Optimizer, Tensor, type Variable } from '@tensorflow/tfjs-core';
import { applyRule, registerUpdater } from '../../core/updates/apply.ts';
import { type OptimizerUpdates, updatesSymbol } from '../../core/updates/described.ts';
import { updateOnCpu } from './cpu.ts';
import { KINDS, type Kind } from './kinds.ts';
import { isFusedOnTensorflow, updateOnTensorflow } from './native.ts';
import { meet, type NamedTensor, replaceState, savedNames, settingsOf, slotsOf } from './state.ts';
import { getWeights, setWeights } from './weights.ts';

type Gradients = NamedTensor[] | NamedTensorMap;
type Pair = readonly [name: string, gradient: Tensor | null | undefined];

const pairsOf = (gradients: Gradients): Pair[] =>
  Array.isArray(gradients)
    ? gradients.map(({ name, tensor }): Pair => [name, tensor])
    : Object.entries(gradients);

function variableOf(name: string): Variable {
  const variable = engine().registeredVariables[name];
  if (variable === undefined) throw new Error(`applyGradients: there is no variable named ${name}`);
  return variable;
}

/** One step on the variables that have a gradient. */
function applyGradients(optimizer: Optimizer, kind: Kind, gradients: Gradients): void {
  const pairs = pairsOf(gradients);
  const registered = engine().registeredVariables;
  meet(
    optimizer,
    kind,
    pairs.flatMap(([name]) => registered[name] ?? []),
  );
  const targets = pairs.flatMap(([name, gradient]) => {
    if (gradient == null) return [];
    const variable = variableOf(name);
    return [{ variable, gradient, slots: slotsOf(optimizer, kind, variable) }];
  });
  const { rule, step, count } = updatesFor(optimizer, kind);
  applyRule(rule(), step(), targets);
  count();
}

/** Frees the state; the optimizer then starts afresh. */
function disposeState(optimizer: Optimizer, kind: Kind): void {
  replaceState(optimizer, kind, []);
  for (const name of kind.scalars) {
    const value: unknown = Reflect.get(optimizer, name);
    if (value instanceof Tensor) value.dispose();
  }
  Reflect.set(optimizer, 'iterations_', 0);
}

function define(type: Kind['type'], methods: Readonly<Record<string, unknown>>): void {
  for (const [name, value] of Object.entries(methods)) {
    Object.defineProperty(type.prototype, name, {
      value,
      configurable: true,
      enumerable: false,
      writable: true,
    });
  }
}

registerUpdater('cpu', updateOnCpu);
registerUpdater('tensorflow', updateOnTensorflow, isFusedOnTensorflow);

/** The same for whatever takes the step itself. */
function updatesFor(optimizer: Optimizer, kind: Kind): OptimizerUpdates {
  const settings = settingsOf(optimizer);
  return {
    rule: () => kind.rule(settings),
    step: () => settings.iterations + 1,
    slots: (variable) => slotsOf(optimizer, kind, variable),
    count: () => {
      Reflect.set(optimizer, 'iterations_', settings.iterations + 1);
    },
  };
}

for (const kind of KINDS) {
  Object.defineProperty(kind.type.prototype, updatesSymbol, {
    configurable: true,
    get(this: Optimizer): OptimizerUpdates {
      return updatesFor(this, kind);
    },
  });
  define(kind.type, {
    applyGradients(this: Optimizer, gradients: Gradients): void {
      applyGradients(this, kind, gradients);
    },
    getWeights(this: Optimizer): Promise<NamedTensor[]> {
      return getWeights(this, kind);
    },
    setWeights(this: Optimizer, weights: NamedTensor[]): Promise<void> {
      return setWeights(this, kind, weights);
    },
    dispose(this: Optimizer): void {
      disposeState(this, kind);
    },
    /** See `core/naming.ts`: `compile` calls it. */
    nameVariables(this: Optimizer, byVariable: ReadonlyMap<string, string>): void {
      savedNames(this).add(byVariable);
    },
  });
}
