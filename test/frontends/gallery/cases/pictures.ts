import type { GalleryCase } from '../case.ts';

const PHOTO = `tf.tidy(() => {
  const ramp = (axis) => tf.linspace(0, 1, 96).reshape(axis === 0 ? [96, 1] : [1, 96]).tile(axis === 0 ? [1, 96] : [96, 1]);
  return tf.stack([ramp(0), ramp(1), tf.onesLike(ramp(0)).mul(0.5)], -1);
})`;

/** Pictures made of numbers. */
export const IMAGES: readonly GalleryCase[] = [
  {
    name: 'image-photo',
    source: `image(${PHOTO}, { width: 240, captions: ['ramps of two colours'] })`,
    title: '96×96×3 float32, 0–1',
    text: '96×96',
    kind: 'picture',
    coloured: true,
  },
  {
    name: 'image-grid',
    source: `image(tf.tidy(() => tf.randomUniform([8, 28, 28, 1], 0, 1, 'float32', 7)), {
  columns: 4, colormap: 'viridis', captions: ['zero', 'one', 'two', 'three', 'four', 'five', 'six', 'seven'],
})`,
    title: '8 of 28×28 float32, 0–1, viridis',
    text: '8 of 28×28',
    kind: 'picture',
    coloured: true,
  },
];
