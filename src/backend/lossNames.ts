import { Tensor } from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import { lossDefinition, registeredLoss } from '../core/losses.ts';

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

/** A name that was saved: that of the loss, and its options if it has any. */
const SAVED = /^losses\.(\w+)(?:\((.*)\))?$/;

/** The toolkit's own loss in the place of the name that it was saved under. */
export function byFunction(entry: Loss | string): Loss | string {
  const [, name, options] = (typeof entry === 'string' && SAVED.exec(entry)) || [];
  if (name === undefined) return entry;
  const loss = registeredLoss(name, options === undefined ? undefined : JSON.parse(options));
  return (loss as Loss | undefined) ?? entry;
}

/** The options as they are saved, in parentheses; nothing where there are none. */
function savedOptions(name: string, options: Readonly<Record<string, unknown>>): string {
  if (Object.keys(options).length === 0) return '';
  const tensor = Object.keys(options).find((key) => options[key] instanceof Tensor);
  const asArray = (_: string, value: unknown): unknown =>
    ArrayBuffer.isView(value) ? Array.from(value as Float32Array) : value;
  if (tensor === undefined) return `(${JSON.stringify(options, asArray)})`;
  throw new Error(
    `save: the loss ${name} has a tensor as ${tensor}; give it as an array to save it with a model`,
  );
}

/** The name to save a loss under. */
export function savedName(entry: Loss | string): string {
  if (!isLoss(entry)) return entry;
  const definition = lossDefinition(entry);
  if (definition) return PREFIX + definition.name + savedOptions(definition.name, definition.options);
  throw new Error(
    `save: the loss ${entry.name || 'function'} is no loss of the toolkit or of tfjs by itself, which alone ` +
      'can be saved with a model; set options as in losses.huber({ delta: 2 }), leave out includeOptimizer, or ' +
      'compile the model with another loss first',
  );
}

/** The loss of output `i`, from one loss for all, a list, or one by output name. */
export function lossOf(loss: unknown, i: number, outputName: string): unknown {
  if (Array.isArray(loss)) return loss[i];
  return loss !== null && typeof loss === 'object' ? Reflect.get(loss, outputName) : loss;
}
