import { type GalleryCase, ONLY_HTML } from '../case.ts';

/** What is updated while a cell runs. */
export const RUNNING: readonly GalleryCase[] = [
  {
    name: 'progress',
    source: `for (const epoch of progress(20, { desc: 'training' })) await new Promise((done) => setTimeout(done, 20));`,
    title: 'training',
    text: '20/20',
    kind: 'text',
    coloured: true,
    asText: ONLY_HTML,
  },
  {
    name: 'liveChart',
    source: `const chart = liveChart({ title: 'Training seen from afar' });
for (let epoch = 1; epoch <= 30; epoch++) {
  chart.push({ epoch, loss: 1 / epoch, valLoss: 1.2 / epoch });
  await new Promise((done) => setTimeout(done, 10));
}
chart.done();`,
    title: 'Training seen from afar',
    text: 'Training seen from afar',
    kind: 'chart',
    coloured: true,
  },
];
