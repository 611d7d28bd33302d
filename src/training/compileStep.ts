import { dispose, reshape, type Tensor, tidy } from '@tensorflow/tfjs-core';
import { LayersModel, type SymbolicTensor } from '@tensorflow/tfjs-layers';
import { plansFor } from '../backend/compiled/planned.ts';
import { takeStep } from '../backend/layers/steps.ts';
import { lossOf } from '../backend/lossNames.ts';
import { ArgumentError, checkOptions, describe } from '../core/check.ts';
import { toTensor } from '../core/tensor.ts';
import type { TensorLike } from '../core/types.ts';

type CompileArguments = Parameters<LayersModel['compile']>[0];

/** Options of `compileStep`. */
export interface CompileStepOptions {
  /** A loss, or one for each output by place or by name; that of `model.compile` if left out. */
  loss?: CompileArguments['loss'] | undefined;
  /** The optimizer, or its name; that of `model.compile` if left out. */
  optimizer?: CompileArguments['optimizer'] | undefined;
}

/** A step of training: called with a batch, it changes the weights of its model and returns the loss before. */
export interface CompiledStep {
  /**
   * @param x the inputs, batch first; an array of them for a model of several inputs
   * @param y the targets, likewise
   * @returns the mean loss of the batch, before the weights were changed
   */
  (x: TensorLike | TensorLike[], y: TensorLike | TensorLike[]): number;
  /** Whether the step runs as one plan. */
  readonly isCompiled: boolean;
  /** Why it does not; empty if it does. */
  readonly reasons: readonly string[];
  /** Frees the memory of the plan. The weights are the model's, and stay. */
  dispose(): void;
}

/** Of tfjs's model what it declares as protected, or in its parts. */
interface Inner {
  readonly model?: LayersModel;
  build(): void;
}

function checkModel(where: string, model: unknown): LayersModel {
  if (!(model instanceof LayersModel))
    throw new ArgumentError(where, 'model', describe(model), 'a tf.LayersModel');
  if (!(model.outputs?.length > 0)) {
    const allowed = 'a model with layers and an inputShape';
    throw new ArgumentError(where, 'model', 'one whose input shape is not known', allowed);
  }
  return model;
}

/** The graph that trains: a sequential model has one within, made anew whenever it is compiled. */
function graphOf(model: LayersModel): LayersModel {
  const holder = model as unknown as Inner;
  if (holder.model === undefined && !model.built) holder.build();
  return holder.model ?? model;
}

type Shape = readonly (number | null)[];

/** The shapes of the targets: those of the outputs for losses of tfjs by name; null where the loss decides. */
const targetShapes = (model: LayersModel): (Shape | null)[] =>
  model.outputs.map(({ shape }, i) => {
    const loss = lossOf(model.loss, i, model.outputNames[i]!);
    return typeof loss === 'string' && loss !== 'sparseCategoricalCrossentropy' ? shape : null;
  });

/**
 * One tensor for each input or output.
 *
 * @param shapes those that they have but for the batch; null for any
 */
function batchOf(
  argument: 'x' | 'y',
  given: TensorLike | TensorLike[],
  symbols: readonly SymbolicTensor[],
  shapes: readonly (Shape | null)[],
): Tensor[] {
  const list = symbols.length === 1 ? [given as TensorLike] : (given as TensorLike[]);
  if (!Array.isArray(list) || list.length !== symbols.length) {
    throw new ArgumentError(
      'compileStep',
      argument,
      describe(given),
      `an array of ${symbols.length} tensors`,
    );
  }
  return symbols.map((symbol, i) => {
    const tensor = toTensor('compileStep', argument, list[i]!);
    if (shapes[i] === null || shapes[i] === undefined) return tensor;
    const [, ...shape] = shapes[i];
    // As in `fit`, where one number a sample may stand for a column.
    if (tensor.rank === 1 && shape.length === 1 && shape[0] === 1) return reshape(tensor, [-1, 1]);
    const fits =
      tensor.rank === shape.length + 1 &&
      shape.every((length, axis) => length === null || length === tensor.shape[axis + 1]);
    if (fits) return tensor;
    const lengths = ['?', ...shape.map((length) => length ?? '?')].join(', ');
    const allowed = `of the shape [${lengths}] of ${symbol.sourceLayer.name}`;
    throw new ArgumentError('compileStep', argument, `[${tensor.shape}]`, allowed);
  });
}

function checkBatches(inputs: readonly Tensor[], targets: readonly Tensor[]): void {
  const sizes = [...inputs, ...targets].map(({ shape }) => shape[0] ?? 0);
  const batch = sizes[0]!;
  if (batch === 0) throw new ArgumentError('compileStep', 'x', 'an empty batch', 'at least one sample');
  if (sizes.some((size) => size !== batch)) {
    throw new ArgumentError('compileStep', 'y', `${sizes.at(-1)} samples`, `as many as x has, ${batch}`);
  }
}

function makeStep(model: LayersModel, options: CompileStepOptions = {}): CompiledStep {
  checkOptions('compileStep', options, ['loss', 'optimizer']);
  checkModel('compileStep', model);
  const { loss = graphOf(model).loss, optimizer = graphOf(model).optimizer } = options;
  if (loss === undefined || loss === null)
    throw new ArgumentError('compileStep', 'loss', 'none', 'a loss, or a model that was compiled with one');
  if (optimizer === undefined || optimizer === null) {
    const allowed = 'an optimizer, or a model that was compiled with one';
    throw new ArgumentError('compileStep', 'optimizer', 'none', allowed);
  }
  if (options.loss !== undefined || options.optimizer !== undefined) model.compile({ loss, optimizer });
  const reasons = plansFor(graphOf(model)).reasons();
  const run = (x: TensorLike | TensorLike[], y: TensorLike | TensorLike[]): number =>
    tidy(() => {
      const graph = graphOf(model);
      const inputShapes = graph.inputs.map(({ shape }) => shape);
      const inputs = batchOf('x', x, graph.inputs, inputShapes);
      const targets = batchOf('y', y, graph.outputs, targetShapes(graph));
      checkBatches(inputs, targets);
      const weights = targets.map(() => []);
      const { total, losses, outputs } = takeStep(
        graph,
        { inputs, targets, weights },
        graph.trainableWeights,
      );
      const value = total.dataSync()[0]!;
      dispose([total, ...losses, ...outputs]);
      return value;
    });
  return Object.assign(run, {
    isCompiled: reasons.length === 0,
    reasons,
    dispose: () => plansFor(graphOf(model)).dispose(),
  });
}

/** Makes steps of training; see `compileStep`. */
interface CompileStep {
  /**
   * Makes one plan of a step of training: forward, backward and update over memory that is laid out once, without a
   * tensor or a kernel call for each operation. `model.fit` does the same by itself; this is for loops of your own.
   *
   * The weights are the model's own before and after each step, and optimizer state is the optimizer's. A layer that
   * is frozen, a learning rate or weights that are set between steps count from the next one on. A batch of another
   * size has a plan of its own. Results equal those of the ordinary step up to rounding.
   *
   * A model that cannot be compiled trains the ordinary way; `reasons` and `compileStep.explain` say why. It works
   * on the wasm back end and, with fewer kinds of layers, on native TensorFlow; DESCENT_COMPILE=off switches it off.
   *
   * @param model a tf.LayersModel of known layers
   * @param options `loss` and `optimizer`, as `model.compile` takes them; left out, those it was compiled with
   * @returns the step, a function of a batch `x`, `y` that returns the loss
   * @throws ArgumentError for a model that is not built, has no loss or optimizer; the step, for batches whose shapes
   *   do not fit
   *
   * @example
   * const step = training.compileStep(model, { loss: losses.meanSquaredError, optimizer: tf.train.adam(0.001) });
   * for (let i = 0; i < 100; i++) step(x, y);
   * step.dispose();
   */
  (model: LayersModel, options?: CompileStepOptions): CompiledStep;
  /**
   * Why a model cannot be compiled, a line for each reason with the layer it is about.
   *
   * @param model a tf.LayersModel
   * @returns the reasons; none for a model that can be compiled on the back end in use
   * @throws ArgumentError for a model that is not built
   * @example
   * training.compileStep.explain(model); // ['the layer conv3d_Conv3D1: layers of the class Conv3D have no compiled form']
   */
  explain(model: LayersModel): readonly string[];
}

/** Makes one plan of a step of training. */
export const compileStep: CompileStep = Object.assign(makeStep, {
  explain: (model: LayersModel): readonly string[] =>
    plansFor(graphOf(checkModel('explain', model))).reasons(),
});
