import type { GalleryCase } from '../case.ts';

const NUMBERS = `
let state = 1;
const uniform = () => (state = (state * 48271) % 2147483647) / 2147483647;
const normal = (count: number, mean: number) =>
  Array.from({ length: count }, () => mean + uniform() + uniform() + uniform() + uniform() - 2);`;

/** Charts that sum something up: values, predictions, training, the ways of optimizers. */
export const SUMMARIES: readonly GalleryCase[] = [
  {
    name: 'histogram',
    source: `${NUMBERS}
histogram({ before: normal(2000, 0), after: normal(800, 0.6) }, { density: true, title: 'Activations of a layer' })`,
    title: 'Activations of a layer',
    text: 'Activations of a layer',
    kind: 'chart',
    coloured: true,
  },
  {
    name: 'confusion-matrix',
    source: `confusionMatrix([[48, 2, 0], [3, 41, 6], [1, 4, 45]], { labels: ['setosa', 'versicolor', 'virginica'], title: 'Flowers taken for others' })`,
    title: 'Flowers taken for others',
    text: 'Flowers taken for others',
    kind: 'chart',
    coloured: true,
  },
  {
    name: 'history-of-runs',
    source: `const course = (pace: number) => ({
  loss: Array.from({ length: 25 }, (_, i) => Math.exp(-i / pace)),
  valLoss: Array.from({ length: 25 }, (_, i) => Math.exp(-i / pace) + 0.1 + 0.0004 * i * i),
  accuracy: Array.from({ length: 25 }, (_, i) => 1 - Math.exp(-i / pace) / 2),
});
history({ adam: course(4), sgd: course(9) }, { title: 'Course of two trainings' })`,
    title: 'Course of two trainings',
    text: 'Course of two trainings',
    kind: 'chart',
    coloured: true,
  },
  {
    name: 'loss-surface',
    source: `const valley = (x: number, y: number) => (1 - x) ** 2 + 100 * (y - x * x) ** 2;
const walk = Array.from({ length: 30 }, (_, i) => [-1.4 + i / 13, (-1.4 + i / 13) ** 2 + Math.sin(i) / (2 + i)]);
lossSurface(valley, { x: [-2, 2], y: [-1, 3], paths: { walk }, title: 'A narrow valley' })`,
    title: 'A narrow valley',
    text: 'A narrow valley',
    kind: 'chart',
    coloured: true,
  },
];
