// Lets `model.compile({ loss })` take our loss functions as it takes the names of its own.
// tfjs-layers recognises its own functions by identity alone, to choose what `metrics: ['accuracy']`
// means and which targets fit; any other function is held to targets of the output's shape, which
// excludes integer labels.
import { greater, type Tensor } from '@tensorflow/tfjs-core';
import { LayersModel, metrics } from '@tensorflow/tfjs-layers';
import { lossDefinition } from '../core/losses.ts';
import { namesVariables } from '../core/naming.ts';
import '../core/varianceScaling.ts';
import './layers/concatenate.ts';
import './layers/dilated.ts';
import './layers/earlyStopping.ts';
import './layers/fitting.ts';
import './layers/frozen.ts';
import './layers/penalties.ts';
import { byFunction as metricsByFunction } from './layers/streaming.ts';
import { byFunction, isLoss, type Loss, lossOf, mapLoss } from './lossNames.ts';

const SPARSE = 'sparseCategoricalCrossentropy';
const BINARY = 'binaryCrossentropy';

/** The losses of tfjs by which it decides what accuracy means of losses of ours. */
const NAMESAKES: ReadonlyMap<string | undefined, string> = new Map([
  [SPARSE, SPARSE],
  [BINARY, BINARY],
  ['binaryFocal', BINARY],
]);

const namesake = (loss: Loss): string | undefined => NAMESAKES.get(lossDefinition(loss)?.name);

/** tfjs's name in the place of a function that has a namesake. */
const byName = (entry: Loss | string): Loss | string => (isLoss(entry) ? (namesake(entry) ?? entry) : entry);

/** One loss a sample, which is what weights of samples and classes are multiplied with. */
const perSample = (loss: Loss): Loss => lossDefinition(loss)?.samples ?? loss;

/** Whether the targets are class indices rather than the shape of the predictions. */
const areIndices = (yTrue: Tensor, yPred: Tensor): boolean =>
  yTrue.rank < yPred.rank || (yTrue.shape.at(-1) === 1 && yPred.shape.at(-1)! > 1);

type Metric = (yTrue: Tensor, yPred: Tensor) => Tensor;

/** Takes integer labels as well, whatever the loss. */
const ofIndicesToo =
  (stock: Metric): Metric =>
  (y, p) =>
    areIndices(y, p) ? metrics.sparseCategoricalAccuracy(y, p) : stock(y, p);

/** Takes logits, which are above 0 where the probability is above one half. */
const ofLogits =
  (stock: Metric): Metric =>
  (y, p) =>
    stock(y, greater(p, 0));

/** Changes what `metrics: ['accuracy']` of output `i` is. */
function adaptAccuracy(
  model: LayersModel,
  i: number,
  own: ReadonlySet<unknown>,
  adapt: (stock: Metric) => Metric,
): void {
  model.metricsTensors.forEach((entry, k) => {
    const [stock, output] = entry;
    // The first of the names is that of the total loss, which has no function.
    if (output !== i || own.has(stock) || !/(^|_)acc$/.test(model.metricsNames[k + 1]!)) return;
    entry[0] = adapt(stock);
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
  const lossesOfTargets: unknown[] = Reflect.get(this, 'feedLossFns');
  const ownMetrics = new Set<unknown>(Object.values(args.metrics ?? []).flat());
  this.outputNames.forEach((name, i) => {
    const loss = lossOf(losses, i, name);
    if (!isLoss(loss)) return;
    this.lossFunctions[i] = perSample(loss);
    // With several outputs, the first metrics reported are the losses themselves.
    const reported = this.outputs.length > 1 ? this.metricsTensors[i] : undefined;
    if (reported) reported[0] = this.lossFunctions[i]!;
    const like = namesake(loss);
    if (like === BINARY) {
      if (lossDefinition(loss)?.options.fromLogits === true) adaptAccuracy(this, i, ownMetrics, ofLogits);
      return;
    }
    // Any other function decides by itself which targets it takes; null imposes no shape.
    targetShapes[i] = null;
    lossesOfTargets[i] = this.lossFunctions[i];
    if (like === undefined) adaptAccuracy(this, i, ownMetrics, ofIndicesToo);
  });
};
