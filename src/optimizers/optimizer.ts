import {
  engine,
  type NamedTensorMap,
  type serialization,
  type Tensor,
  Optimizer as TfOptimizer,
  type Variable,
} from '@tensorflow/tfjs-core';
import { disposeTree, keepTree, mapLeaves, mergeTrees, selectTree, tidyTree } from '../core/tree.ts';
import '../core/fallback.ts';
import type { Params, Tree } from '../core/types.ts';
import {
  applyUpdates,
  type GradientTransformation,
  type Rate,
  type RatedTransformation,
  type State,
} from '../transforms/index.ts';
import { flatten, type NamedTensor, type OptimizerState, restore, save, unflatten } from './saved.ts';

/**
 * A gradient transform that is a `tf.Optimizer` at once: `minimize` and `model.compile` train tfjs
 * variables with it, `init` and `update` apply it to any tree of tensors.
 *
 * Its state is kept by the name of each variable. A variable that is frozen for some steps finds its
 * state again; one that is added starts with a fresh one.
 */
export class Optimizer extends TfOptimizer implements GradientTransformation {
  readonly #transform: GradientTransformation;
  readonly #config: serialization.ConfigDict;
  /** For each set of variables met, by their names: which parts of the state are theirs. */
  readonly #parts = new Map<string, Tree<unknown>>();
  #state: State | undefined;

  static get className(): string {
    return 'DescentOptimizer';
  }

  constructor(transform: GradientTransformation, config: serialization.ConfigDict = {}) {
    super();
    this.#transform = transform;
    this.#config = config;
  }

  /** The learning rate: a number, or a function of the step. It may be set between steps. */
  get learningRate(): Rate {
    return this.#rated().learningRate;
  }

  set learningRate(rate: Rate) {
    this.#rated().learningRate = rate;
  }

  /** The transform's state before the first step, for use with `update`. */
  init(params: Params): State {
    return this.#transform.init(params);
  }

  /** One step of the transform on a state of the caller's; that of `minimize` is left alone. */
  update(grads: Params, state: State, params?: Params): { updates: Params; state: State } {
    return this.#transform.update(grads, state, params);
  }

  override applyGradients(gradients: NamedTensorMap | NamedTensor[]): void {
    const grads = byName(gradients);
    const variables = variablesOf(Object.keys(grads));
    const before = this.#stateFor(variables);
    const after = tidyTree(() => {
      const part = selectTree(before, this.#parts.get(keyOf(variables)));
      const { updates, state } = this.#transform.update(grads, part, variables);
      const sums = applyUpdates<Record<string, Tensor>>(variables, updates);
      for (const [name, variable] of Object.entries(variables)) variable.assign(sums[name]!);
      return keepTree(mergeTrees(state, before));
    });
    disposeTree(before, after);
    this.#state = after;
    this.incrementIterations();
  }

  /** Copies the state out, bitwise: `setState` with it continues exactly where this optimizer is. */
  getState(): OptimizerState {
    const rate = 'learningRate' in this.#transform ? this.learningRate : undefined;
    return {
      iterations: this.iterations,
      ...(typeof rate === 'number' && { learningRate: rate }),
      transform: this.#state === undefined ? null : save(this.#state),
    };
  }

  /** Takes a state that `getState` of an optimizer of the same kind returned. */
  setState({ iterations, learningRate, transform }: OptimizerState): void {
    this.#replace(transform === null ? undefined : tidyTree(() => keepTree(restore(transform))));
    this.iterations_ = iterations;
    if (learningRate !== undefined) this.learningRate = learningRate;
  }

  override async getWeights(): Promise<NamedTensor[]> {
    return [await this.saveIterations(), ...(this.#state === undefined ? [] : flatten(this.#state))];
  }

  override async setWeights(weights: NamedTensor[]): Promise<void> {
    const named = await this.extractIterations(weights);
    this.#replace(named.length === 0 ? undefined : tidyTree(() => keepTree(unflatten(named))));
  }

  override getConfig(): serialization.ConfigDict {
    return this.#config;
  }

  /** Frees the state; the optimizer then starts afresh. */
  override dispose(): void {
    this.#replace(undefined);
    this.iterations_ = 0;
  }

  #replace(state: State | undefined): void {
    if (this.#state !== undefined) disposeTree(this.#state);
    this.#state = state;
    this.#parts.clear();
  }

  #rated(): RatedTransformation {
    if ('learningRate' in this.#transform) return this.#transform as RatedTransformation;
    throw new Error('learningRate: the chain of this optimizer has none; put scaleByLearningRate into it');
  }

  /** The state, with a fresh part for each variable that is new. */
  #stateFor(variables: Record<string, Variable>): State {
    const key = keyOf(variables);
    if (this.#state !== undefined && this.#parts.has(key)) return this.#state;
    const fresh = tidyTree(() => keepTree(this.#transform.init(variables)));
    const state = this.#state === undefined ? fresh : mergeTrees(this.#state, fresh);
    disposeTree(fresh, state);
    this.#parts.set(
      key,
      mapLeaves(fresh, () => null),
    );
    this.#state = state;
    return state;
  }
}

const keyOf = (variables: Record<string, Variable>): string => JSON.stringify(Object.keys(variables));

/** The gradients by variable name; variables without one are left out. */
function byName(gradients: NamedTensorMap | NamedTensor[]): NamedTensorMap {
  const pairs = Array.isArray(gradients)
    ? gradients.map(({ name, tensor }): [string, Tensor] => [name, tensor])
    : Object.entries(gradients);
  return Object.fromEntries(pairs.filter(([, tensor]) => tensor != null));
}

function variablesOf(names: readonly string[]): Record<string, Variable> {
  const registered = engine().registeredVariables;
  return Object.fromEntries(
    names.map((name) => {
      const variable = registered[name];
      if (variable === undefined) throw new Error(`applyGradients: there is no variable named ${name}`);
      return [name, variable];
    }),
  );
}

/**
 * Makes an optimizer of any transform.
 *
 * @param transform a transform, most often a chain that ends in `scaleByLearningRate`
 * @returns an optimizer for `model.compile`, `minimize`, `init` and `update`
 *
 * @example
 * const optimizer = optimizers.fromTransform(
 *   transforms.chain(transforms.trace({ decay: 0.9 }), transforms.scaleByLearningRate(0.01)),
 * );
 */
export function fromTransform(transform: GradientTransformation): Optimizer {
  return new Optimizer(transform);
}
