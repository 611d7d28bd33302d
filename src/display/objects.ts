import { types } from 'node:util';
import { type ChartDescription, type Description, descriptionOf } from '../core/description.ts';
import type { AnyModel } from '../core/text/model.ts';
import type { AnyOptimizer } from '../core/text/optimizer.ts';
import type { AnyTensor } from '../core/text/read.ts';
import { isList, plainText, readMember, readMethod } from './inspect.ts';
import { type Curves, curvesOf } from './objects/curves.ts';
import { lossBundle, transformBundle } from './objects/described.ts';
import { type AnyGraphModel, graphModelBundle } from './objects/graphModel.ts';
import { modelBundle } from './objects/model.ts';
import { optimizerBundle } from './objects/optimizer.ts';
import { pipelineBundle } from './objects/pipeline.ts';
import { tensorBundle } from './objects/tensor.ts';
import { type Displayable, displaySymbol, type MimeBundle, metadataSymbol, type Rendered } from './types.ts';

type Shown = MimeBundle | Promise<MimeBundle | Rendered> | undefined;

/**
 * The bundle of what the toolkit and TensorFlow.js are made of: tensors, models, optimizers, losses, data sets
 * and histories, told by their members, whichever copy of the library they come from.
 *
 * @returns undefined for anything else, and for what only looked like one of them
 */
export function objectBundle(value: unknown): Rendered | Promise<Rendered> | undefined {
  // What answers to every name is none of them.
  if (types.isProxy(value)) return undefined;
  try {
    const shown = draw(value);
    if (!(shown instanceof Promise)) return shown && { data: shown, metadata: {} };
    return shown.then((found) =>
      'metadata' in found && 'data' in found
        ? (found as Rendered)
        : { data: found as MimeBundle, metadata: {} },
    );
  } catch {
    return undefined;
  }
}

async function rendered(shown: Displayable): Promise<Rendered> {
  return { data: await shown[displaySymbol](), metadata: shown[metadataSymbol]?.() ?? {} };
}

const has = (value: unknown, ...names: readonly string[]): boolean =>
  names.every((name) => readMethod(value, name) !== undefined);

function draw(value: unknown): Shown {
  const description = readDescription(value);
  if (description) return drawDescribed(value as object, description);
  if (isTensor(value)) return tensorBundle(value);
  if (isModel(value)) return modelBundle(value);
  if (has(value, 'predict', 'executeAsync', 'save')) return graphModelBundle(value as AnyGraphModel);
  if (has(value, 'applyGradients', 'computeGradients')) return optimizerBundle(value as AnyOptimizer);
  if (has(value, 'iterator', 'forEachAsync', 'batch')) return pipelineBundle(value as object);
  const curves = curvesOf(value);
  return curves && curvesBundle(value, curves);
}

/** A chart; lists by name may be anything else, too, and their text stays that of any other value. */
async function curvesBundle(value: unknown, curves: Curves): Promise<Rendered> {
  // Charts are loaded when there is one to draw.
  const { history } = await import('./history.ts');
  const { data, metadata } = await rendered(history(curves));
  const isHistory = readMember(value, 'history') !== undefined;
  return { data: isHistory ? data : { ...data, 'text/plain': plainText(value) }, metadata };
}

/** A result that says how it is drawn. */
async function chartBundle({ spec, text }: ChartDescription): Promise<Rendered> {
  const { vegaLite } = await import('./vegaLite.ts');
  const { data, metadata } = await rendered(vegaLite(spec));
  return { data: { ...data, 'text/plain': text }, metadata };
}

/** Layers have names: what a class of the user's own calls its layers may be numbers. */
function isModel(value: unknown): value is AnyModel {
  const layers = readMember(value, 'layers');
  if (!has(value, 'predict', 'getWeights') || !isList(layers)) return false;
  return [value, ...layers].every((one) => typeof readMember(one, 'name') === 'string');
}

function isTensor(value: unknown): value is AnyTensor {
  if (!isList(readMember(value, 'shape')) || typeof readMember(value, 'dtype') !== 'string') return false;
  const isBuffer = has(value, 'locToIndex', 'toTensor') && readMember(value, 'values') !== undefined;
  return isBuffer || has(value, 'data', 'dataSync', 'dispose');
}

function readDescription(value: unknown): Description | { kind: 'optimizer' } | undefined {
  try {
    return descriptionOf(value);
  } catch {
    return undefined;
  }
}

function drawDescribed(value: object, description: Description | { kind: 'optimizer' }): Shown {
  if (description.kind === 'optimizer') return optimizerBundle(value as AnyOptimizer);
  if (description.kind === 'transform') return transformBundle(value, description);
  if (description.kind === 'loss') return lossBundle(description);
  if (description.kind === 'chart' && description.chart) return chartBundle(description.chart());
  if (description.kind !== 'dataset') return undefined;
  return import('./objects/points.ts').then(({ pointsBundle }) => pointsBundle(value, description));
}
