import { type GalleryCase, IS_HTML, ONLY_HTML } from '../case.ts';

/** Text and markup of the user's own. */
export const MARKUP: readonly GalleryCase[] = [
  {
    name: 'html',
    source: `html\`<p>The <b style="color: #d55e00">learning rate</b> was halved at epoch \${12} &lt; 40.</p>\``,
    title: 'was halved at epoch 12 < 40.',
    text: 'was halved at epoch 12 < 40.',
    kind: 'text',
    coloured: true,
    asText: ONLY_HTML,
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
  <text x="10" y="24" font-family="DejaVu Sans, sans-serif" font-size="16" fill="currentColor">Three coloured round dots</text>
  \${[60, 150, 240].map((x, i) => svg\`<circle cx="\${x}" cy="75" r="30" fill="\${['#0072b2', '#d55e00', '#009e73'][i]}"/>\`)}
</svg>\``,
    title: 'Three coloured round dots',
    text: 'svg 300×120',
    kind: 'chart',
    coloured: true,
    asText: IS_HTML,
  },
  {
    name: 'display-handle',
    source: `const status = display(html\`<i>loading the data</i>\`);
status.update(html\`<b style="color: #009e73">ready after \${3} updates</b>\`);`,
    title: 'ready after 3 updates',
    text: 'ready after 3 updates',
    kind: 'text',
    coloured: true,
    asText: ONLY_HTML,
  },
];
