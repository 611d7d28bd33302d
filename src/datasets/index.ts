/** Data sets, generated from a seed or of real images. They hold plain numbers: `tf.tensor` and the losses take them. */
export { type BlobsOptions, blobs, type Classified } from './blobs.ts';
export { type DigitsOptions, digits } from './digits.ts';
export type { Images } from './images.ts';
export { type MoonsOptions, moons } from './moons.ts';
export { type Regression, type RegressionOptions, regression } from './regression.ts';
export type { Shape } from './shapes/outlines.ts';
export { type ShapesOptions, shapes } from './shapes.ts';
