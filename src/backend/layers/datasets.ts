// Datasets whose elements bring weights: `{ xs, ys, sampleWeight }`.
import { dispose, Tensor } from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import { arrived } from './steps.ts';
import { weightsOf } from './weights.ts';

interface Element {
  xs: unknown;
  ys: unknown;
  sampleWeight?: unknown;
}

interface Elements {
  next(): Promise<IteratorResult<Element>>;
}

const isWeighted = (value: unknown): value is Element =>
  value !== null && typeof value === 'object' && 'sampleWeight' in value;

const targetsOf = (ys: unknown, names: readonly string[]): Tensor[] => {
  if (ys instanceof Tensor) return [ys];
  return Array.isArray(ys) ? ys : names.map((name) => (ys as Record<string, Tensor>)[name]!);
};

/** The same elements without weights, which are put where the next step finds them. */
function weighElements(model: LayersModel, elements: Elements): Elements {
  const next = async (): Promise<IteratorResult<Element>> => {
    const result = await elements.next();
    if (!isWeighted(result.value)) return result;
    const { xs, ys, sampleWeight } = result.value;
    const names = model.outputNames;
    arrived.set(model, weightsOf('fitDataset', sampleWeight, names, targetsOf(ys, names)));
    dispose(sampleWeight as Tensor);
    return { ...result, value: { xs, ys } };
  };
  return Object.create(elements, { next: { value: next } });
}

/** The same dataset, or its iterator, without the weights of its elements, which reach the model by themselves. */
export function weighDataset<T extends object>(model: LayersModel, dataset: T): T {
  if (dataset === null || typeof dataset !== 'object') return dataset;
  if (!('iterator' in dataset)) return weighElements(model, dataset as unknown as Elements) as unknown as T;
  const iterator = async (): Promise<Elements> =>
    weighElements(model, await (dataset.iterator as () => Promise<Elements>).call(dataset));
  return Object.create(dataset, { iterator: { value: iterator } });
}
