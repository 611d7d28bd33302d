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
];
