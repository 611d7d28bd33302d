import { tidy } from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import { plansFor } from '../backend/compiled/planned.ts';
import { takeStep } from '../backend/layers/steps.ts';
import { ArgumentError, checkOptions } from '../core/check.ts';
import type { TensorLike } from '../core/types.ts';
import { checkModel, graphOf, inputSlots, sizeOf, targetSlots, tensorsFor } from './batch.ts';

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

const WHERE = 'compileStep';

function makeStep(model: LayersModel, options: CompileStepOptions = {}): CompiledStep {
  checkOptions(WHERE, options, ['loss', 'optimizer']);
  checkModel(WHERE, model);
  const { loss = graphOf(model).loss, optimizer = graphOf(model).optimizer } = options;
  if (loss === undefined || loss === null)
    throw new ArgumentError(WHERE, 'loss', 'none', 'a loss, or a model that was compiled with one');
  if (optimizer === undefined || optimizer === null) {
    const allowed = 'an optimizer, or a model that was compiled with one';
    throw new ArgumentError(WHERE, 'optimizer', 'none', allowed);
  }
  if (options.loss !== undefined || options.optimizer !== undefined) model.compile({ loss, optimizer });
  const reasons = plansFor(graphOf(model)).reasons();
  const run = (x: TensorLike | TensorLike[], y: TensorLike | TensorLike[]): number =>
    tidy(() => {
      const graph = graphOf(model);
      const inputs = tensorsFor(WHERE, 'x', x, inputSlots(graph));
      const targets = tensorsFor(WHERE, 'y', y, targetSlots(graph));
      sizeOf(WHERE, inputs, targets);
      const weights = targets.map(() => []);
      const { total, outputs } = takeStep(graph, { inputs, targets, weights }, graph.trainableWeights);
      for (const one of outputs) one.dispose();
      return total;
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
