import type { Tensor } from '@tensorflow/tfjs-core';
import { LayersModel } from '@tensorflow/tfjs-layers';
import { ArgumentError, checkOptions, describe } from '../core/check.ts';
import { described } from '../core/description.ts';
import { toTensor } from '../core/tensor.ts';
import { tidyTree } from '../core/tree.ts';
import type { TensorLike } from '../core/types.ts';
import { reportChart } from './report/chart.ts';
import { type LossFunction, measure } from './report/measure.ts';
import { findings, type LayerVariance } from './report/rows.ts';

/** Options of `varianceReport`. */
export interface VarianceReportOptions {
  /** The targets of the batch, as the loss takes them: with them the gradients are in the report. */
  y?: TensorLike | undefined;
  /** The loss, a function of targets and predictions; the mean squared error by default. */
  loss?: LossFunction | undefined;
}

/** How far the numbers of each layer spread. It shows itself as a chart. */
export interface VarianceReport {
  /** One for each layer with weights of its own, in the order of the model. */
  readonly layers: LayerVariance[];
  /** The standard deviation of the batch itself. */
  readonly input: number;
  /** Which layers let the spread vanish or explode, by name; empty when none does. */
  readonly warnings: string[];
}

/**
 * How far activations, and gradients, spread from layer to layer: what initial weights must keep level.
 *
 * For each layer with weights, over a batch: mean, variance and standard deviation of what comes out of it (after its
 * activation), the share of units that are 0 for the whole batch, and with targets the standard deviation of the
 * gradients of its weights. A hidden layer is warned of where its standard deviation is less than a tenth of that of
 * the batch, or more than ten times that, or where it is not finite.
 *
 * @param model a model of layers with one input
 * @param batch what the model predicts for, at best some hundred samples
 * @param options `y`, the targets, and `loss`, a function of targets and predictions (mean squared error)
 * @returns `layers`, the standard deviation of the `input`, and `warnings`; plain numbers, shown as a chart
 * @throws ArgumentError when the model is none of layers, or has several inputs
 *
 * @example
 * const model = tf.sequential();
 * model.add(tf.layers.dense({ units: 32, inputShape: [8], activation: 'relu', kernelInitializer: initializers.heNormal() }));
 * initializers.varianceReport(model, tf.randomNormal([100, 8]));
 *
 * @see Glorot & Bengio, "Understanding the Difficulty of Training Deep Feedforward Neural Networks", AISTATS 2010; He,
 * Zhang, Ren & Sun, "Delving Deep into Rectifiers: Surpassing Human-Level Performance on ImageNet Classification", ICCV
 * 2015
 */
export function varianceReport(
  model: LayersModel,
  batch: TensorLike,
  options: VarianceReportOptions = {},
): VarianceReport {
  checkOptions('varianceReport', options, ['y', 'loss']);
  const { y, loss } = options;
  if (!(model instanceof LayersModel) || model.inputs.length !== 1) {
    const allowed = 'a model of layers with one input';
    throw new ArgumentError('varianceReport', 'model', describe(model), allowed);
  }
  if (loss !== undefined && typeof loss !== 'function') {
    throw new ArgumentError(
      'varianceReport',
      'loss',
      describe(loss),
      'a function of targets and predictions',
    );
  }
  const measured = tidyTree(() => {
    const x = toTensor('varianceReport', 'batch', batch);
    const targets: Tensor | undefined =
      y === undefined ? undefined : toTensor('varianceReport', 'options.y', y);
    return measure(model, x, targets, loss);
  });
  const report = { ...measured, warnings: findings(measured.layers, measured.input) };
  return described(report, {
    kind: 'chart',
    name: 'varianceReport',
    options: {},
    chart: () => reportChart(report),
  });
}
