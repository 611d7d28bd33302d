/** Data sets, generated from a seed. They hold plain numbers: `tf.tensor` and the losses take them. */
export { type BlobsOptions, blobs, type Classified } from './blobs.ts';
export { type MoonsOptions, moons } from './moons.ts';
export { type Regression, type RegressionOptions, regression } from './regression.ts';
