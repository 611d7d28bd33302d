import util from 'node:util';
import * as converter from '@tensorflow/tfjs-converter';
import * as core from '@tensorflow/tfjs-core';
import * as data from '@tensorflow/tfjs-data';
import * as layers from '@tensorflow/tfjs-layers';

const version = {
  'tfjs-core': core.version_core,
  'tfjs-layers': layers.version_layers,
  'tfjs-converter': converter.version_converter,
  'tfjs-data': data.version_data,
  tfjs: core.version_core,
};

/** tfjs-node calls what Node 23 removed, and what warns since Node 22. */
const oldUtil = {
  ...util,
  isArray: Array.isArray,
  isNullOrUndefined: (value: unknown): boolean => value === null || value === undefined,
};

/**
 * What tfjs-node wants of TensorFlow.js, by the names that it uses: the copy that this module has, with these
 * functions in place of its own.
 */
export const ourTensorflow = (others: Record<string, () => void> = {}): Record<string, unknown> => ({
  '@tensorflow/tfjs': {
    ...converter,
    ...layers,
    ...core,
    data,
    version,
    ...others,
    io: { ...core.io, ...others },
  },
  '@tensorflow/tfjs-core': core,
  util: oldUtil,
});
