import {
  clone,
  dispose,
  engine,
  keep,
  type NamedTensorMap,
  type Scalar,
  serialization,
  type Tensor,
  Optimizer as TfOptimizer,
  tidy,
  type Variable,
} from '@tensorflow/tfjs-core';
import { ArgumentError, checkSameShape } from '../core/check.ts';
import { descriptionSymbol } from '../core/description.ts';
import { SavedNames } from '../core/savedNames.ts';
import type { OptimizerDescription } from '../core/text/optimizer.ts';
import {
  checkTensors,
  cloneTree,
  disposeTree,
  keepTree,
  mapLeaves,
  mergeTrees,
  selectTree,
  tidyTree,
  zipTrees,
} from '../core/tree.ts';
import '../core/fallback.ts';
import type { Params, Tree } from '../core/types.ts';
import { applyRule, takesInOnePass } from '../core/updates/apply.ts';
import { type OptimizerUpdates, updatesSymbol } from '../core/updates/described.ts';
import { advance, withAdvance } from '../transforms/advance.ts';
import type { GradientTransformation, Rate, RatedTransformation, State } from '../transforms/index.ts';
import { rateAt } from '../transforms/scaleByLearningRate.ts';
import { passTraits, traitsOf } from '../transforms/traits.ts';
import { withEvaluationWeights } from './evaluationWeights.ts';
import { makeSaved } from './makers.ts';
import { flatten, type NamedTensor, unflatten } from './named.ts';
import { addOne, countOf, fits, type OnePass, slotsIn } from './onePass.ts';
import { checkKind, checkState, type Kinds, type OptimizerState, restore, save } from './saved.ts';
import { slotsOf } from './slots.ts';
import { byName, keyOf, variablesOf } from './variables.ts';

/**
 * A gradient transform that is a `tf.Optimizer` at once: `minimize` and `model.compile` train tfjs
 * variables with it, `init` and `update` apply it to any tree of tensors.
 *
 * Its state is kept by the name of each variable. A variable that is frozen for some steps finds its
 * state again; one that is added starts with a fresh one.
 *
 * @example
 * const transform = transforms.chain(transforms.trace(), transforms.scaleByLearningRate(0.1));
 * const optimizer = new optimizers.Optimizer(transform);
 * const w = tf.variable(tf.tensor([1, 2, 3]));
 * optimizer.minimize(() => w.square().sum()); // w is [0.8, 1.6, 2.4]
 *
 * @see DeepMind et al., "The DeepMind JAX Ecosystem", 2020 (optax's chains of transforms)
 */
export class Optimizer extends TfOptimizer implements GradientTransformation {
  readonly #transform: GradientTransformation;
  readonly #config: serialization.ConfigDict | undefined;
  readonly #onePass: OnePass | undefined;
  /** For each set of variables met, by their names: which parts of the state are theirs. */
  readonly #parts = new Map<string, Tree<unknown>>();
  readonly #savedNames = new SavedNames();
  #state: State | undefined;

  static {
    // What it is, for whatever shows it; no method of it, which users would see.
    Object.defineProperty(Optimizer.prototype, descriptionSymbol, {
      configurable: true,
      get(this: Optimizer): OptimizerDescription {
        const { name = 'Optimizer', ...options } = this.#config ?? {};
        const slots = slotsOf(this.#state);
        return { kind: 'optimizer', name: String(name), options, transform: this.#transform, slots };
      },
    });
    Object.defineProperty(Optimizer.prototype, updatesSymbol, {
      configurable: true,
      get(this: Optimizer): OptimizerUpdates | undefined {
        return this.#updates();
      },
    });
  }

  static get className(): string {
    return 'DescentOptimizer';
  }

  /**
   * @param transform a transform, most often a chain that ends in `scaleByLearningRate`
   * @param config the name and the options to save with a model; without it `getConfig` throws
   * @param onePass the rule that the transform amounts to, if any: steps of variables are taken by it
   */
  constructor(transform: GradientTransformation, config?: serialization.ConfigDict, onePass?: OnePass) {
    super();
    this.#transform = transform;
    this.#config = config;
    this.#onePass = onePass;
    withAdvance<State, object>(this, (grads, state, params) => advance(transform, grads, state, params));
    passTraits<State>(this, [{ part: transform, state: (state) => state }]);
  }

  /** Makes the optimizer that a model was saved with; `tf.loadLayersModel` calls it. */
  static override fromConfig<T extends serialization.Serializable>(
    _: serialization.SerializableConstructor<T>,
    { name, customObjects: __, ...options }: serialization.ConfigDict,
  ): T {
    return makeSaved(name, options) as unknown as T;
  }

  /**
   * The learning rate: a number, or a function of the step. It may be set between steps.
   *
   * @throws Error when the transform has none; ArgumentError when a rate that is set is below 0
   */
  get learningRate(): Rate {
    return this.#rated().learningRate;
  }

  set learningRate(rate: Rate) {
    this.#rated().learningRate = rate;
  }

  /**
   * The transform's state before the first step, for use with `update`.
   *
   * @param params a tree of tensors
   * @throws ArgumentError when a leaf is no tensor, with its path
   */
  init(params: Params): State {
    checkTensors('init', 'params', params);
    return this.#transform.init(params);
  }

  /**
   * One step of the transform on a state of the caller's; that of `minimize` is left alone.
   *
   * @param grads the gradients, a tree of the structure and shapes of `params`
   * @param state what `init` or the step before returned
   * @param params the parameters, which some transforms need
   * @returns what to add to the parameters (see `applyUpdates`), and the next state
   * @throws ArgumentError when the gradients have another structure or shape than the parameters or the state
   */
  update(grads: Params, state: State, params?: Params): { updates: Params; state: State } {
    if (params !== undefined) zipTrees('update', (g) => g, ['params', params], ['grads', grads]);
    return this.#transform.update(grads, state, params);
  }

  /** How many gradients make a step of `minimize` and `fit`: 2 for `sam`, else 1. */
  get gradientPasses(): number {
    return traitsOf(this.#transform).passes;
  }

  /**
   * One step towards a minimum of a function of tfjs variables.
   *
   * @param f returns a scalar, made of the variables
   * @param returnCost whether to return the value of f before the step; false by default
   * @param variables those to change; all trainable ones by default
   * @returns the value, or null
   */
  override minimize(f: () => Scalar, returnCost = false, variables?: Variable[]): Scalar | null {
    const cost = this.gradientPasses === 1 ? this.#pass(f, variables) : this.#passes(f, variables);
    if (returnCost) return cost;
    cost.dispose();
    return null;
  }

  /**
   * Runs a function with the weights that are to be evaluated in the place of those that are trained: the averages of
   * `averageWeights` and `scheduleFree`, the slow weights of `lookahead`. They go back afterwards, whatever happens.
   *
   * @param f is run once; it may be asynchronous, and then no step may be taken until it has ended
   * @returns what f returns
   *
   * @example
   * const loss = optimizer.withEvaluationWeights(() => model.evaluate(x, y));
   */
  withEvaluationWeights<T>(f: () => T): T {
    const state = this.#state;
    if (state === undefined) return f();
    return withEvaluationWeights(this.#transform, state, this.#kinds(), f);
  }

  /**
   * One step on tfjs variables; `minimize` and `fit` call it.
   *
   * @param gradients by the name of each variable; variables without one are left alone
   * @throws Error when there is no variable of a name; ArgumentError when a shape is not its variable's
   */
  override applyGradients(gradients: NamedTensorMap | NamedTensor[]): void {
    const grads = byName(gradients);
    const variables = variablesOf(Object.keys(grads));
    const updates = fits(variables, grads) ? this.#updates() : undefined;
    if (updates) {
      const [rule, step] = [updates.rule(), updates.step()];
      if (takesInOnePass(rule, step)) {
        this.#stateFor(variables);
        const targets = Object.entries(variables).map(([name, variable]) => ({
          variable,
          gradient: grads[name]!,
          slots: updates.slots(variable),
        }));
        applyRule(rule, step, targets);
        updates.count();
        return;
      }
    }
    for (const [name, { shape }] of Object.entries(variables)) {
      const given = grads[name]!.shape;
      checkSameShape('applyGradients', [`the variable ${name}`, shape], [`the gradient of ${name}`, given]);
    }
    const before = this.#stateFor(variables);
    const after = tidyTree(() => {
      const part = selectTree(before, this.#parts.get(keyOf(variables)));
      const { params, state } = advance(this.#transform, grads, part, variables);
      for (const [name, variable] of Object.entries(variables)) {
        const after = (params as Record<string, Tensor>)[name]!;
        if (after !== variable) variable.assign(after);
      }
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
      transform: this.#state === undefined ? null : save(this.#savedNames.toSaved(this.#state)),
    };
  }

  /**
   * Takes a state that `getState` of an optimizer of the same kind returned, also through JSON.
   *
   * @param state its tensors are copied
   * @throws ArgumentError when it is no such state; the optimizer then keeps its own
   */
  setState(state: OptimizerState): void {
    checkState(state);
    const { iterations, learningRate, transform } = state;
    if (learningRate !== undefined) this.#rated();
    this.#replace(transform === null ? undefined : this.#read('setState', () => restore(transform)));
    this.iterations_ = iterations;
    if (learningRate !== undefined) this.learningRate = learningRate;
  }

  /** The state as tensors, which tfjs stores with a model. The caller frees them. */
  override async getWeights(): Promise<NamedTensor[]> {
    const state = this.#state === undefined ? [] : flatten(this.#savedNames.toSaved(this.#state));
    return [await this.saveIterations(), ...state];
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
      throw new ArgumentError(
        'setWeights',
        'weights',
        received,
        'as getWeights returns them, with iter first',
      );
    }
    const read = (): State => unflatten(named, this.#kinds());
    this.#replace(named.length === 0 ? undefined : this.#read('setWeights', read));
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
    const rate = 'learningRate' in this.#transform ? this.learningRate : undefined;
    return { ...this.#config, ...(typeof rate === 'number' && { learningRate: rate }) };
  }

  /** Takes the names to save the state under, by the names of the variables; `compile` calls it. */
  nameVariables(names: ReadonlyMap<string, string>): void {
    this.#savedNames.add(names);
  }

  /** Frees the state; the optimizer then starts afresh. */
  override dispose(): void {
    this.#replace(undefined);
    this.iterations_ = 0;
  }

  /** One gradient of a function, and the update by it; returns the value of the function. */
  #pass(f: () => Scalar, variables?: Variable[]): Scalar {
    // tfjs leaves the value behind where it throws.
    const { value, grads } = tidy(() => this.computeGradients(f, variables));
    try {
      this.applyGradients(variables?.map(({ name }) => ({ name, tensor: grads[name]! })) ?? grads);
    } catch (error) {
      value.dispose();
      throw error;
    } finally {
      dispose(grads);
    }
    return value;
  }

  /** A step of several gradients, all of them or none: returns the value before the first. */
  #passes(f: () => Scalar, given?: Variable[]): Scalar {
    const variables = given ?? Object.values(engine().registeredVariables).filter((v) => v.trainable);
    const state = this.#state && keepTree(cloneTree(this.#state));
    const values = variables.map((variable) => keep(clone(variable)));
    const iterations = this.iterations_;
    let cost: Scalar | undefined;
    try {
      cost = this.#pass(f, given);
      for (let pass = 1; pass < this.gradientPasses; pass++) this.#pass(f, given).dispose();
      if (state !== undefined) disposeTree(state);
      return cost;
    } catch (error) {
      cost?.dispose();
      for (const [i, variable] of variables.entries()) variable.assign(values[i]!);
      this.#replace(state);
      this.iterations_ = iterations;
      throw error;
    } finally {
      dispose(values);
    }
  }

  #replace(state: State | undefined): void {
    if (this.#state !== undefined) disposeTree(this.#state);
    this.#state = state;
    this.#parts.clear();
  }

  /** What every state of this kind holds. */
  #kinds(): Kinds {
    return tidyTree(() =>
      mapLeaves(this.#transform.init({}), (leaf) => (typeof leaf === 'number' ? 'a number' : 'a tensor')),
    );
  }

  /** A state that `read` returns, checked and under the names of the variables. */
  #read(where: string, read: () => State): State {
    return tidyTree(() => {
      const state = read();
      checkKind(where, state, this.#kinds());
      return keepTree(this.#savedNames.toVariables(state));
    });
  }

  #rated(): RatedTransformation {
    if ('learningRate' in this.#transform) return this.#transform as RatedTransformation;
    throw new Error('learningRate: the chain of this optimizer has none; put scaleByLearningRate into it');
  }

  /** How a step is taken by the rule. */
  #updates(): OptimizerUpdates | undefined {
    const onePass = this.#onePass;
    if (onePass === undefined) return undefined;
    const state = (): State => this.#state ?? this.#stateFor({});
    return {
      rule: () => onePass.rule(rateAt(this.learningRate, countOf(state()))),
      step: () => countOf(state()) + 1,
      slots: (variable) =>
        slotsIn(onePass, state(), variable.name) ??
        slotsIn(onePass, this.#stateFor({ [variable.name]: variable }), variable.name)!,
      count: () => {
        addOne(state());
        this.incrementIterations();
      },
    };
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

serialization.registerClass(Optimizer);
