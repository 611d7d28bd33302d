import { type NamedTensorMap, type Scalar, serialization, type Variable } from '@tensorflow/tfjs-core';
import { checkSameShape } from '../core/check.ts';
import { descriptionSymbol } from '../core/description.ts';
import type { OptimizerDescription } from '../core/text/optimizer.ts';
import { checkTensors, zipTrees } from '../core/tree.ts';
import '../core/fallback.ts';
import type { Params } from '../core/types.ts';
import { type OptimizerUpdates, updatesSymbol } from '../core/updates/described.ts';
import { advance, withAdvance } from '../transforms/advance.ts';
import type { GradientTransformation, RatedTransformation, State } from '../transforms/index.ts';
import { passTraits, traitsOf } from '../transforms/traits.ts';
import { withEvaluationWeights } from './evaluationWeights.ts';
import { takePasses } from './gradientPasses.ts';
import { makeSaved } from './makers.ts';
import type { NamedTensor } from './named.ts';
import { type OnePass, stepByRule, updatesBy } from './onePass.ts';
import { SavableOptimizer } from './savableOptimizer.ts';
import { slotsOf } from './slots.ts';
import { VariableState } from './variableState.ts';
import { byName, variablesOf } from './variables.ts';

/** The transform, if it has a learning rate. */
const ratedOf = (transform: GradientTransformation): RatedTransformation | undefined =>
  'learningRate' in transform ? (transform as RatedTransformation) : undefined;

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
export class Optimizer extends SavableOptimizer implements GradientTransformation {
  readonly #transform: GradientTransformation;
  readonly #config: serialization.ConfigDict | undefined;
  readonly #state: VariableState;
  readonly #updates: OptimizerUpdates | undefined;

  static {
    // What it is, for whatever shows it; no method of it, which users would see.
    Object.defineProperty(Optimizer.prototype, descriptionSymbol, {
      configurable: true,
      get(this: Optimizer): OptimizerDescription {
        const { name = 'Optimizer', ...options } = this.#config ?? {};
        const slots = slotsOf(this.#state.tree);
        return { kind: 'optimizer', name: String(name), options, transform: this.#transform, slots };
      },
    });
    Object.defineProperty(Optimizer.prototype, updatesSymbol, {
      configurable: true,
      get(this: Optimizer): OptimizerUpdates | undefined {
        return this.#updates;
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
    const state = new VariableState(transform);
    super(state, ratedOf(transform), config);
    this.#transform = transform;
    this.#config = config;
    this.#state = state;
    this.#updates =
      onePass &&
      updatesBy(
        onePass,
        state,
        () => this.learningRate,
        () => this.incrementIterations(),
      );
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
    const iterations = this.iterations_;
    try {
      const cost = takePasses(this, this.#state, f, variables);
      if (returnCost) return cost;
      cost.dispose();
      return null;
    } catch (error) {
      this.iterations_ = iterations;
      throw error;
    }
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
    const { tree } = this.#state;
    if (tree === undefined) return f();
    return withEvaluationWeights(this.#transform, tree, this.#state.kinds(), f);
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
    if (this.#updates && stepByRule(this.#updates, this.#state, variables, grads)) return;
    for (const [name, { shape }] of Object.entries(variables)) {
      const given = grads[name]!.shape;
      checkSameShape('applyGradients', [`the variable ${name}`, shape], [`the gradient of ${name}`, given]);
    }
    this.#state.step(variables, grads);
    this.incrementIterations();
  }
}

serialization.registerClass(Optimizer);
