// Lets `model.compile({ loss })` take our loss functions as it takes the names of its own.
// tfjs-layers recognises its own functions by identity alone, to choose what `metrics: ['accuracy']`
// means and which targets fit; any other function is held to targets of the output's shape, which
// excludes integer labels.
import { LayersModel } from '@tensorflow/tfjs-layers';

type CompileLoss = Parameters<LayersModel['compile']>[0]['loss'];
type Loss = LayersModel['lossFunctions'][number];

/** Losses whose tfjs namesake decides what accuracy means and which targets fit. */
const NAMESAKES: ReadonlySet<string> = new Set(['sparseCategoricalCrossentropy', 'binaryCrossentropy']);

const isLoss = (entry: unknown): entry is Loss => typeof entry === 'function';

/** The loss of output `i`, from one loss for all, a list, or one by output name. */
function lossOf(loss: unknown, i: number, outputName: string): unknown {
  if (Array.isArray(loss)) return loss[i];
  return loss !== null && typeof loss === 'object' ? Reflect.get(loss, outputName) : loss;
}

/** The same losses, with tfjs's name in the place of each function that has a namesake. */
function byName(loss: CompileLoss): CompileLoss {
  const one = <T>(entry: T): T | string => (isLoss(entry) && NAMESAKES.has(entry.name) ? entry.name : entry);
  if (Array.isArray(loss)) return loss.map((entry) => one(entry)) as CompileLoss;
  if (loss === null || typeof loss !== 'object') return one(loss);
  return Object.fromEntries(Object.entries(loss).map(([key, entry]) => [key, one(entry)])) as CompileLoss;
}

const compile = LayersModel.prototype.compile;

LayersModel.prototype.compile = function (args) {
  compile.call(this, { ...args, loss: byName(args.loss) });
  this.loss = args.loss as LayersModel['loss'];
  const targetShapes: unknown[] = Reflect.get(this, 'feedOutputShapes');
  this.outputNames.forEach((name, i) => {
    const loss = lossOf(args.loss, i, name);
    if (!isLoss(loss)) return;
    this.lossFunctions[i] = loss;
    // With several outputs, the first metrics reported are the losses themselves.
    const reported = this.outputs.length > 1 ? this.metricsTensors[i] : undefined;
    if (reported) reported[0] = loss;
    // Any other function decides by itself which targets it takes; null imposes no shape.
    if (!NAMESAKES.has(loss.name)) targetShapes[i] = null;
  });
};
