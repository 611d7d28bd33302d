import type { LayersModel } from '@tensorflow/tfjs-layers';
import { isRegisteredLoss, registeredLoss } from '../core/losses.ts';

export type CompileLoss = Parameters<LayersModel['compile']>[0]['loss'];
export type Loss = LayersModel['lossFunctions'][number];

export const isLoss = (entry: unknown): entry is Loss => typeof entry === 'function';

/** The same losses, each by itself changed by `f`. */
export function mapLoss(loss: CompileLoss, f: (entry: Loss | string) => Loss | string): CompileLoss {
  if (Array.isArray(loss)) return (loss as (Loss | string)[]).map(f) as CompileLoss;
  if (loss === null || typeof loss !== 'object') return f(loss) as CompileLoss;
  const entries = Object.entries(loss) as [string, Loss | string][];
  return Object.fromEntries(entries.map(([name, entry]) => [name, f(entry)])) as CompileLoss;
}

/** Tells the toolkit's losses from those of tfjs, which has some of the same names. */
const PREFIX = 'losses.';

/** The toolkit's own loss in the place of the name that it was saved under. */
export const byFunction = (entry: Loss | string): Loss | string =>
  (typeof entry === 'string' && entry.startsWith(PREFIX) && registeredLoss(entry.slice(PREFIX.length))) ||
  entry;

/** The name to save a loss under. */
export function savedName(entry: Loss | string): string {
  if (!isLoss(entry)) return entry;
  if (isRegisteredLoss(entry)) return PREFIX + entry.name;
  throw new Error(
    `save: the loss ${entry.name || 'function'} is no loss of the toolkit or of tfjs by itself, which alone ` +
      'can be saved with a model; leave out includeOptimizer, or compile the model with another loss first',
  );
}

/** The loss of output `i`, from one loss for all, a list, or one by output name. */
export function lossOf(loss: unknown, i: number, outputName: string): unknown {
  if (Array.isArray(loss)) return loss[i];
  return loss !== null && typeof loss === 'object' ? Reflect.get(loss, outputName) : loss;
}
