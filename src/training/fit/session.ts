import type { Optimizer } from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import { freePlans } from '../../backend/compiled/planned.ts';
import { internals } from '../../backend/layers/internals.ts';
import { onInterrupt } from '../../backend/layers/onInterrupt.ts';
import { evaluation, training } from '../../backend/layers/steps.ts';

/**
 * Trains a model that nothing else trains. Whatever ends the training, also an interrupt of the cell, behind which
 * nothing of it runs, leaves the model such that it can be used and trained.
 *
 * @param release frees what the training holds; it may be called after an interrupt, and must be quick
 * @throws Error when the model is being trained already
 */
export async function exclusively<R>(
  graph: LayersModel,
  release: () => void,
  run: () => Promise<R>,
): Promise<R> {
  const inner = internals(graph);
  if (inner.isTraining) {
    throw new Error('fit: the model is being trained already; await that training first');
  }
  const { random } = Math;
  inner.isTraining = true;
  const end = (): void => {
    inner.isTraining = false;
    training.reset(graph);
    evaluation.reset(graph);
    freePlans(graph);
    release();
  };
  let isOver = false;
  const takeBack = onInterrupt(() => {
    isOver = true;
    // A step that was cut short has not put these back.
    Math.random = random;
    Reflect.deleteProperty(graph.optimizer as Optimizer, 'applyGradients');
    end();
  });
  // An interrupt may leave a part of its cell going, which must not begin anew.
  if (isOver) throw new Error('fit: the cell that trains was interrupted');
  try {
    return await run();
  } finally {
    takeBack();
    if (!isOver) end();
  }
}
