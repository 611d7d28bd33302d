// What the union package calls `tf`, put together from its parts: the union itself also brings
// the WebGL back end and 300 MB.
import './chained.ts';
import './files.ts';
import './gradients/index.ts';
import './inspect.ts';
import './layers.ts';
import './saving.ts';
import './elementwise/cpu.ts';
import './elementwise/native.ts';
import './factored/cpu.ts';
import './factored/native.ts';
import './train/index.ts';
import { version_converter } from '@tensorflow/tfjs-converter';
import { version_core } from '@tensorflow/tfjs-core';
import { version_data } from '@tensorflow/tfjs-data';
import { version_layers } from '@tensorflow/tfjs-layers';

export * from '@tensorflow/tfjs-converter';
export * from '@tensorflow/tfjs-core';
export * as data from '@tensorflow/tfjs-data';
export * from '@tensorflow/tfjs-layers';
export { EarlyStopping } from './layers/earlyStopping.ts';
export type { BatchOptions, EvaluateOptions, FitOptions, SampleWeights, Weighted } from './layers/types.ts';
export * as linalg from './linalg/index.ts';
export { node } from './native/node.ts';
export { ready, setBackend } from './select.ts';

/** The versions of the tfjs packages in use. */
export const version: Record<string, string> = {
  'tfjs-core': version_core,
  'tfjs-layers': version_layers,
  'tfjs-converter': version_converter,
  'tfjs-data': version_data,
};
