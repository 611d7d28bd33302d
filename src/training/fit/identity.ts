import type { Optimizer } from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import { lossOf } from '../../backend/lossNames.ts';
import { callText, descriptionOf, optionText } from '../../core/description.ts';
import { layersOf } from './layers.ts';

/** What two trainings must have in common for one to go on where the other was. */
export type Identity = Readonly<Record<string, unknown>>;

/** Names differ from process to process, and what weights began with is past. */
const PASSING = /^(name|.*[iI]nitializer)$/;

/** As JSON has it, without what is passing. */
const lasting = (value: unknown): unknown =>
  JSON.parse(JSON.stringify(value, (key, item) => (PASSING.test(key) ? undefined : item)) ?? 'null');

const layerOf = (layer: ReturnType<typeof layersOf>[number]): Identity => {
  const weights = layer.weights.map(({ shape, dtype }) => `${dtype} [${shape}]`);
  return { class: layer.getClassName(), ...(lasting(layer.getConfig()) as object), weights };
};

/** A loss by its name. */
const lossName = (loss: unknown): unknown =>
  typeof loss === 'function' ? loss.name : typeof loss === 'string' ? loss : null;

/**
 * The layers and the losses of a model.
 *
 * @param graph the model itself, or what trains within a sequential one
 */
export function modelIdentity(model: LayersModel, graph: LayersModel): Identity {
  const losses = graph.outputNames.map((name, i) => lossName(lossOf(graph.loss, i, name)));
  return { layers: layersOf(model).map(layerOf), loss: losses };
}

/** The identities that optimizers had when they were first met: callbacks change learning rates later. */
const first = new WeakMap<Optimizer, Identity>();

function describeOptimizer(optimizer: Optimizer): Identity {
  const rate: unknown = ((): unknown => {
    try {
      return Reflect.get(optimizer, 'learningRate');
    } catch {
      return undefined;
    }
  })();
  const learningRate = typeof rate === 'function' ? optionText(rate) : rate;
  const own = (): unknown => {
    try {
      return optimizer.getConfig();
    } catch {
      const { transform } = (descriptionOf(optimizer) ?? {}) as { transform?: unknown };
      return { transform: callText(transform) };
    }
  };
  const config = own() as { name?: unknown };
  const name = config.name ?? optimizer.getClassName();
  return { name, ...(lasting({ ...config, learningRate }) as object) };
}

/** The kind of an optimizer, and the options that it began with. */
export function optimizerIdentity(optimizer: Optimizer): Identity {
  const known = first.get(optimizer);
  if (known) return known;
  const met = describeOptimizer(optimizer);
  first.set(optimizer, met);
  return met;
}

const isTree = (value: unknown): value is Record<string, unknown> =>
  value !== null && typeof value === 'object';

const short = (value: unknown): string => (value === undefined ? 'missing' : JSON.stringify(value));

/** Where two identities differ first, with the values; undefined where they do not. */
export function difference(there: unknown, here: unknown, path = ''): string | undefined {
  if (isTree(there) && isTree(here)) {
    for (const key of new Set([...Object.keys(there), ...Object.keys(here)])) {
      const next = Array.isArray(here) ? `${path}[${key}]` : path === '' ? key : `${path}.${key}`;
      const found = difference(there[key], here[key], next);
      if (found !== undefined) return found;
    }
    return undefined;
  }
  if (Object.is(there, here)) return undefined;
  const of = (value: unknown): string => (isTree(value) ? 'present' : short(value));
  return `${path} is ${of(there)} there and ${of(here)} here`;
}
