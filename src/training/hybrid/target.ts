// What a hybrid training minimises: a loss of variables, or that of a model on all of its data.
import { dispose, Tensor, tidy, Variable } from '@tensorflow/tfjs-core';
import { LayersModel } from '@tensorflow/tfjs-layers';
import type { LayerVariable } from '@tensorflow/tfjs-layers/dist/variables.js';
import { constraintOf } from '../../backend/layers/constraints.ts';
import { internals } from '../../backend/layers/internals.ts';
import { lossInUse } from '../../backend/layers/steps.ts';
import { ArgumentError, describe } from '../../core/check.ts';
import { entries } from '../../core/tree.ts';
import type { Tree } from '../../core/types.ts';
import {
  type BatchPart,
  checkModel,
  graphOf,
  inputSlots,
  sizeOf,
  targetSlots,
  tensorsFor,
} from '../batch.ts';

const WHERE = 'hybrid';

/** All samples. */
export type AllSamples =
  | readonly [x: BatchPart, y: BatchPart]
  | { readonly x: BatchPart; readonly y: BatchPart };

/** A loss, and the variables that it is to be made small by. */
export interface Target {
  loss(): Tensor;
  readonly variables: Variable[];
  /** Frees the tensors that were made of the data. */
  free(): void;
}

/** The variables of a tree. */
function variablesTarget(loss: () => Tensor, tree: unknown): Target {
  const leaves = tree === null || tree === undefined ? [] : entries(tree as Tree<unknown>);
  const variables = leaves.map(([, leaf]) => leaf).filter((leaf) => leaf instanceof Variable);
  if (variables.length === 0 || variables.length !== leaves.length) {
    throw new ArgumentError(
      WHERE,
      'variables',
      describe(tree),
      'a tf.Variable, or objects and arrays of them',
    );
  }
  return { loss, variables, free() {} };
}

function partsOf(data: unknown): [BatchPart, BatchPart] {
  if (Array.isArray(data) && data.length === 2) return [data[0], data[1]];
  const { x, y } = (data ?? {}) as { x?: BatchPart; y?: BatchPart };
  if (x !== undefined && y !== undefined) return [x, y];
  throw new ArgumentError(WHERE, 'data', describe(data), 'all samples, [x, y] or { x, y }');
}

/** The tensors that were given as such. */
function tensorsOf(part: BatchPart): unknown[] {
  if (part instanceof Tensor || ArrayBuffer.isView(part)) return [part];
  return part !== null && typeof part === 'object' ? Object.values(part) : [];
}

/** Rejects weights that a constraint would have to put back: a line search judges the steps as they are. */
function checkUnconstrained(weights: readonly LayerVariable[]): void {
  for (const weight of weights) {
    const constraint = constraintOf(weight);
    if (constraint === null) continue;
    const received = `the constraint ${constraint.getClassName()} of ${weight.originalName}`;
    const allowed =
      'one whose trained weights have no constraints, which line searches leave; fit keeps them';
    throw new ArgumentError(WHERE, 'model', received, allowed);
  }
}

/** The weights of a model that are trained, and its loss on all of the data. */
function modelTarget(given: LayersModel, data: unknown): Target {
  const model = graphOf(checkModel(WHERE, given));
  if (!model.loss) {
    throw new ArgumentError(
      WHERE,
      'model',
      'one that was not compiled',
      'a model that was compiled with a loss',
    );
  }
  const weights = internals(model).collectedTrainableWeights.filter(({ trainable }) => trainable);
  if (weights.length === 0) {
    throw new ArgumentError(WHERE, 'model', 'one without weights that are trained', 'a model with some');
  }
  checkUnconstrained(weights);
  const [x, y] = partsOf(data);
  const count = model.inputs.length;
  const tensors = tidy(() => {
    const inputs = tensorsFor(WHERE, 'x', x, inputSlots(model));
    const targets = tensorsFor(WHERE, 'y', y, targetSlots(model));
    sizeOf(WHERE, inputs, targets);
    return [...inputs, ...targets];
  });
  const theirs = new Set<unknown>([x, y].flatMap(tensorsOf));
  return {
    loss: () => lossInUse(model, tensors.slice(0, count), tensors.slice(count)),
    variables: weights.map((weight) => weight.read() as Variable),
    free: () => dispose(tensors.filter((tensor) => !theirs.has(tensor))),
  };
}

/** The target of the arguments of `hybrid`. */
export function targetOf(first: unknown, second: unknown): Target {
  if (first instanceof LayersModel) return modelTarget(first, second);
  if (typeof first === 'function') return variablesTarget(first as () => Tensor, second);
  throw new ArgumentError(WHERE, 'f', describe(first), 'a function that returns a loss, or a tf.LayersModel');
}
