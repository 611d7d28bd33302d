import type { FrontEndName } from './frontEnds.ts';

/** One cell of the gallery, and what a reader must find in its output. */
export interface GalleryCase {
  /** What it shows, as a label of the contact sheet and a name of files. */
  name: string;
  source: string;
  /** Words to be read in the output: as text of the page, or drawn in a picture. */
  title: string;
  /** Words to be read where only text/plain is shown. */
  text: string;
  /** A chart has coloured marks and a margin around them, a picture may fill its edges, text has neither. */
  kind: 'chart' | 'picture' | 'text';
  /** Whether the output is coloured. */
  coloured: boolean;
  /** Where it is shown as text alone. */
  asText?: readonly FrontEndName[];
}

const LINES = `
const epochs = Array.from({ length: 40 }, (_, i) => i + 1);
const runs = ['adam', 'momentum', 'sgd'].flatMap((optimizer, k) =>
  epochs.map((epoch) => ({ epoch, optimizer, loss: Math.exp(-epoch / (6 + 5 * k)) + 0.05 * k })));`;

/** nbconvert's own sanitising leaves of HTML no more than its text and a few tags. */
const SANITISED: readonly FrontEndName[] = ['nbconvert sanitised'];
/** Paper has no HTML. */
const HTML_ONLY: readonly FrontEndName[] = [...SANITISED, 'nbconvert LaTeX'];

export const CASES: readonly GalleryCase[] = [
  {
    name: 'vegaLite-line',
    source: `${LINES}
vegaLite({
  title: 'Loss of three optimizers',
  data: { values: runs },
  mark: 'line',
  encoding: {
    x: { field: 'epoch', type: 'quantitative' },
    y: { field: 'loss', type: 'quantitative' },
    color: { field: 'optimizer' },
  },
})`,
    title: 'Loss of three optimizers',
    text: 'Loss of three optimizers',
    kind: 'chart',
    coloured: true,
  },
  {
    name: 'vegaLite-html',
    source: `vegaLite({
  title: 'Counts of every class',
  data: { values: ['cat', 'dog', 'horse', 'ship'].map((label, i) => ({ label, count: 12 + 7 * i })) },
  mark: 'bar',
  encoding: { y: { field: 'label', type: 'nominal' }, x: { field: 'count', type: 'quantitative' } },
}, { html: true })`,
    title: 'Counts of every class',
    text: 'Counts of every class',
    kind: 'chart',
    coloured: true,
    asText: SANITISED,
  },
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
    asText: HTML_ONLY,
  },
  {
    name: 'table-long',
    source: `table(Array.from({ length: 500 }, (_, i) => ({ step: i, sine: Math.sin(i / 9), cosine: Math.cos(i / 9) })), { maxRows: 8 })`,
    title: 'more rows',
    text: 'more rows',
    kind: 'text',
    coloured: false,
    asText: HTML_ONLY,
  },
  {
    name: 'html',
    source: `html\`<p>The <b style="color: #d55e00">learning rate</b> was halved at epoch \${12} &lt; 40.</p>\``,
    title: 'was halved at epoch 12 < 40.',
    text: 'was halved at epoch 12 < 40.',
    kind: 'text',
    coloured: true,
    asText: HTML_ONLY,
  },
  {
    name: 'md',
    source:
      'md`The loss fell to **0.25** with $\\\\eta = 0.1$.\\n\\n| rate | loss |\\n|---|---|\\n| 0.1 | 0.25 |\\n\\n- one point\\n- another point`',
    title: 'another point',
    text: 'another point',
    kind: 'text',
    coloured: false,
  },
  {
    name: 'svg',
    source: `svg\`<svg viewBox="0 0 300 120" width="300" height="120">
  <text x="10" y="24" font-family="DejaVu Sans, sans-serif" font-size="16">Three coloured round dots</text>
  \${[60, 150, 240].map((x, i) => svg\`<circle cx="\${x}" cy="75" r="30" fill="\${['#0072b2', '#d55e00', '#009e73'][i]}"/>\`)}
</svg>\``,
    title: 'Three coloured round dots',
    text: 'svg 300×120',
    kind: 'chart',
    coloured: true,
    asText: SANITISED,
  },
  {
    name: 'display-handle',
    source: `const status = display(html\`<i>loading the data</i>\`);
status.update(html\`<b style="color: #009e73">ready after \${3} updates</b>\`);`,
    title: 'ready after 3 updates',
    text: 'ready after 3 updates',
    kind: 'text',
    coloured: true,
    asText: HTML_ONLY,
  },
];
