import type { Callback } from './callbacks.ts';

/**
 * Ends a training without an error where a loss or a gradient is NaN or infinite. The history then says why, with the
 * step, the layer and its norms, as its `stopReason`; the model is as it was before that step.
 *
 * @returns a callback for `fit`
 *
 * @example
 * const history = await training.fit(model, [x, y], { epochs: 5, callbacks: training.terminateOnNaN() });
 * history.stopReason ?? 'all losses were finite';
 */
export function terminateOnNaN(): Callback {
  return { name: 'terminateOnNaN', onNonFinite: (error, run) => run.stop(error.message) };
}
