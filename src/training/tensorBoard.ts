import type { CustomCallback } from '@tensorflow/tfjs-layers';
import { node } from '../backend/native/node.ts';
import { checkChoice, checkOptions } from '../core/check.ts';

/** Options of `tensorBoard`. */
export interface TensorBoardOptions {
  /** Whether each epoch is a point, or each batch as well; 'epoch' by default. */
  updateFreq?: 'epoch' | 'batch' | undefined;
}

/**
 * Writes the losses and metrics of a training for TensorBoard. This is a part of native TensorFlow.
 *
 * @param logDir the folder for the logs
 * @param options `updateFreq`: 'epoch' (the default) or 'batch'
 * @returns a callback for `fit` and for `model.fit`
 * @throws Error where native TensorFlow is not in use, with what installs it
 *
 * @example
 * await backend.use('tensorflow');
 * await training.fit(model, [x, y], { epochs: 3, callbacks: training.tensorBoard('out/logs') });
 */
export function tensorBoard(logDir: string, options: TensorBoardOptions = {}): CustomCallback {
  checkOptions('tensorBoard', options, ['updateFreq']);
  const { updateFreq = 'epoch' } = options;
  checkChoice('tensorBoard', 'updateFreq', updateFreq, ['epoch', 'batch']);
  return node.tensorBoard(logDir, { updateFreq });
}
