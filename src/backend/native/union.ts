import * as converter from '@tensorflow/tfjs-converter';
import * as core from '@tensorflow/tfjs-core';
import * as data from '@tensorflow/tfjs-data';
import * as layers from '@tensorflow/tfjs-layers';

/** What tfjs-node means by `@tensorflow/tfjs`. */
export const union = (): Record<string, unknown> => ({
  ...converter,
  ...layers,
  ...core,
  data,
  version: {
    'tfjs-core': core.version_core,
    'tfjs-layers': layers.version_layers,
    'tfjs-converter': converter.version_converter,
    'tfjs-data': data.version_data,
    tfjs: core.version_core,
  },
});
