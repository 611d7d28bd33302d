import { type GalleryCase, ONLY_HTML } from '../case.ts';

/** Tables, of the helper and of what shows as one. */
export const TABLES: readonly GalleryCase[] = [
  {
    name: 'table',
    source: `table([
  { optimizer: 'adam', loss: 0.0213, epochs: 12, converged: true },
  { optimizer: 'sgd', loss: 0.34, epochs: 40, converged: false },
  { optimizer: '<script>alert(1)</script>', loss: Number.NaN, epochs: 3, converged: false },
])`,
    title: '<script>alert(1)</script>',
    text: '<script>alert(1)</script>',
    kind: 'text',
    coloured: false,
    asText: ONLY_HTML,
  },
  {
    name: 'table-long',
    source: `table(Array.from({ length: 500 }, (_, i) => ({ step: i, sine: Math.sin(i / 9), cosine: Math.cos(i / 9) })), { maxRows: 8 })`,
    title: '492 more rows',
    text: '492 more rows',
    kind: 'text',
    coloured: false,
    asText: ONLY_HTML,
  },
  {
    name: 'table-wide',
    source: `table(Array.from({ length: 4 }, (_, row) => Object.fromEntries(Array.from({ length: 24 }, (_, i) => ['feature ' + i, row * i / 7]))))`,
    title: 'feature 0',
    text: 'feature 0',
    kind: 'text',
    coloured: false,
    asText: ONLY_HTML,
  },
  {
    name: 'table-of-tensor',
    source: 'table(tf.tensor2d([[1, 2.5], [3, -4]]))',
    title: '-4',
    text: '-4',
    kind: 'text',
    coloured: false,
    asText: ONLY_HTML,
  },
  {
    name: 'list-of-objects',
    source: `[{ layer: 'dense', parameters: 7850 }, { layer: 'softmax', parameters: 0 }]`,
    title: 'softmax',
    text: 'softmax',
    kind: 'text',
    coloured: false,
    asText: ONLY_HTML,
  },
];
