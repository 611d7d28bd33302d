// Lets `model.compile({ loss })` take our loss functions as it takes the names of its own.
// tfjs-layers recognises its own functions by identity alone, to choose what `metrics: ['accuracy']`
// means and which targets fit; any other function is held to targets of the output's shape, which
// excludes integer labels.
import type { Tensor } from '@tensorflow/tfjs-core';
import { LayersModel, metrics } from '@tensorflow/tfjs-layers';
import { lossDefinition } from '../core/losses.ts';
import { namesVariables } from '../core/naming.ts';
import './layers/concatenate.ts';
import './layers/dilated.ts';
import './layers/earlyStopping.ts';
import './layers/fitting.ts';
import './layers/frozen.ts';
import './layers/penalties.ts';
import { byFunction as metricsByFunction } from './layers/streaming.ts';
import { byFunction, isLoss, type Loss, lossOf, mapLoss } from './lossNames.ts';

/** Losses whose tfjs namesake decides what accuracy means and which targets fit. */
const NAMESAKES: ReadonlySet<string> = new Set(['sparseCategoricalCrossentropy', 'binaryCrossentropy']);

/** tfjs's name of a loss that decides so. */
function namesake(loss: Loss): string | undefined {
  const name = lossDefinition(loss)?.name;
  return name !== undefined && NAMESAKES.has(name) ? name : undefined;
}

/** tfjs's name in the place of a function that has a namesake. */
const byName = (entry: Loss | string): Loss | string => (isLoss(entry) ? (namesake(entry) ?? entry) : entry);

/** One loss a sample, which is what weights of samples and classes are multiplied with. */
const perSample = (loss: Loss): Loss => lossDefinition(loss)?.samples ?? loss;

/** Whether the targets are class indices rather than the shape of the predictions. */
const areIndices = (yTrue: Tensor, yPred: Tensor): boolean =>
  yTrue.rank < yPred.rank || (yTrue.shape.at(-1) === 1 && yPred.shape.at(-1)! > 1);

/** `metrics: ['accuracy']` of output `i` takes integer labels as well, whatever the loss. */
function widenAccuracy(model: LayersModel, i: number, own: ReadonlySet<unknown>): void {
  model.metricsTensors.forEach((entry, k) => {
    const [stock, output] = entry;
    // The first of the names is that of the total loss, which has no function.
    if (output !== i || own.has(stock) || !/(^|_)acc$/.test(model.metricsNames[k + 1]!)) return;
    entry[0] = (y, p) => (areIndices(y, p) ? metrics.sparseCategoricalAccuracy(y, p) : stock(y, p));
  });
}

const compile = LayersModel.prototype.compile;

LayersModel.prototype.compile = function (args) {
  const losses = mapLoss(args.loss, byFunction);
  const given =
    args.metrics == null ? {} : { metrics: metricsByFunction(args.metrics) as typeof args.metrics };
  compile.call(this, { ...args, ...given, loss: mapLoss(losses, byName) });
  this.loss = losses as LayersModel['loss'];
  const { optimizer } = this;
  if (namesVariables(optimizer)) {
    optimizer.nameVariables(new Map(this.weights.map(({ name, originalName }) => [name, originalName])));
  }
  const targetShapes: unknown[] = Reflect.get(this, 'feedOutputShapes');
  const ownMetrics = new Set<unknown>(Object.values(args.metrics ?? []).flat());
  this.outputNames.forEach((name, i) => {
    const loss = lossOf(losses, i, name);
    if (!isLoss(loss)) return;
    this.lossFunctions[i] = perSample(loss);
    // With several outputs, the first metrics reported are the losses themselves.
    const reported = this.outputs.length > 1 ? this.metricsTensors[i] : undefined;
    if (reported) reported[0] = this.lossFunctions[i]!;
    if (namesake(loss)) return;
    // Any other function decides by itself which targets it takes; null imposes no shape.
    targetShapes[i] = null;
    widenAccuracy(this, i, ownMetrics);
  });
};
