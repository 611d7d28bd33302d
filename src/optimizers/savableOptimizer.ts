import { type serialization, Optimizer as TfOptimizer } from '@tensorflow/tfjs-core';
import { ArgumentError } from '../core/check.ts';
import type { Rate, RatedTransformation } from '../transforms/index.ts';
import { flatten, type NamedTensor, unflatten } from './named.ts';
import { checkName, checkState, nameOf, type OptimizerState, restore, save } from './saved.ts';
import type { VariableState } from './variableState.ts';

/** A `tf.Optimizer` whose learning rate may be set, and whose state and options are saved and loaded. */
export abstract class SavableOptimizer extends TfOptimizer {
  readonly #state: VariableState;
  readonly #rated: RatedTransformation | undefined;
  readonly #config: serialization.ConfigDict | undefined;

  /**
   * @param rated the transform, if it has a learning rate
   * @param config the name and the options to save with a model; without it `getConfig` throws
   */
  constructor(
    state: VariableState,
    rated: RatedTransformation | undefined,
    config: serialization.ConfigDict | undefined,
  ) {
    super();
    this.#state = state;
    this.#rated = rated;
    this.#config = config;
  }

  /**
   * The learning rate: a number, or a function of the step. It may be set between steps.
   *
   * @throws Error when the transform has none; ArgumentError when a rate that is set is below 0
   */
  get learningRate(): Rate {
    return this.#withRate().learningRate;
  }

  set learningRate(rate: Rate) {
    this.#withRate().learningRate = rate;
  }

  /** Copies the state out, bitwise: `setState` with it continues exactly where this optimizer is. */
  getState(): OptimizerState {
    const tree = this.#state.toSave();
    const optimizer = nameOf(this.#config);
    return {
      ...(optimizer !== undefined && { optimizer }),
      iterations: this.iterations,
      ...this.#rateToSave(),
      transform: tree === undefined ? null : save(tree),
    };
  }

  /**
   * Takes a state that `getState` of an optimizer of the same kind returned, also through JSON.
   *
   * @param state its tensors are copied; it is kept by the names of the variables
   * @throws ArgumentError when it is no such state, and the optimizer then keeps its own; at the first step after it,
   *   when it has no part for any of the variables that are trained
   */
  setState(state: OptimizerState): void {
    checkState(state);
    checkName(state, nameOf(this.#config));
    const { iterations, learningRate, transform } = state;
    if (learningRate !== undefined) this.#withRate();
    this.#state.load('setState', transform === null ? undefined : () => restore(transform));
    this.iterations_ = iterations;
    if (learningRate !== undefined) this.learningRate = learningRate;
  }

  /** The state as tensors, which tfjs stores with a model. The caller frees them. */
  override async getWeights(): Promise<NamedTensor[]> {
    const tree = this.#state.toSave();
    return [await this.saveIterations(), ...(tree === undefined ? [] : flatten(tree))];
  }

  /**
   * Takes what `getWeights` of an optimizer of the same kind returned.
   *
   * @throws ArgumentError when it is anything else; the optimizer then keeps its state
   */
  override async setWeights(weights: NamedTensor[]): Promise<void> {
    const [iterations, ...named] = weights;
    if (iterations?.name !== 'iter') {
      const received = iterations === undefined ? 'none' : `${iterations.name} first`;
      const allowed = 'as getWeights returns them, with iter first';
      throw new ArgumentError('setWeights', 'weights', received, allowed);
    }
    const read = named.length === 0 ? undefined : () => unflatten(named, this.#state.kinds());
    this.#state.load('setWeights', read);
    await this.extractIterations(weights);
  }

  /** Whether it can be saved with a model: one that `fromTransform` made cannot. */
  get isSavable(): boolean {
    return this.#config !== undefined;
  }

  /**
   * The name and the options, for a model that is saved with `includeOptimizer`. A learning rate that
   * is a function is not saved: a loaded model asks for it at the first step.
   *
   * @throws Error when the optimizer was made by `fromTransform`
   */
  override getConfig(): serialization.ConfigDict {
    if (this.#config === undefined) {
      throw new Error(
        'getConfig: an optimizer made by fromTransform cannot be saved with a model; ' +
          'save the model without includeOptimizer, and what getState returns beside it',
      );
    }
    return { ...this.#config, ...this.#rateToSave() };
  }

  /** Takes the names to save the state under, by the names of the variables; `compile` calls it. */
  nameVariables(names: ReadonlyMap<string, string>): void {
    this.#state.nameVariables(names);
  }

  /** Frees the state; the optimizer then starts afresh. */
  override dispose(): void {
    this.#state.replace(undefined);
    this.iterations_ = 0;
  }

  #rateToSave(): { learningRate?: number } {
    const rate = this.#rated?.learningRate;
    return typeof rate === 'number' ? { learningRate: rate } : {};
  }

  #withRate(): RatedTransformation {
    if (this.#rated !== undefined) return this.#rated;
    throw new Error('learningRate: the chain of this optimizer has none; put scaleByLearningRate into it');
  }
}
