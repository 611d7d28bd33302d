import type { Magic } from './table.ts';

const shown = (name: string, what: string, example: string, details = 'It is sent as it stands.'): Magic => ({
  ...{ name, kind: 'cell', usage: `%%${name}\n<${what}>`, help: `show the cell as ${what}`, details },
  example: `%%${name}\n${example}`,
});
const RUN = 'It runs in the page, not in the kernel; some front-ends do not allow it.';

/** Magics that show the rest of their cell. */
export const DISPLAY_MAGICS: readonly Magic[] = [
  shown('html', 'HTML', '<b>bold</b>'),
  shown('markdown', 'Markdown', '**bold** and $x^2$'),
  shown('latex', 'LaTeX', '$$\\int_0^1 x^2 dx$$'),
  shown('svg', 'SVG', '<svg viewBox="0 0 10 10" width="40"><circle cx="5" cy="5" r="4"/></svg>'),
  shown('javascript', 'JavaScript', 'console.log(document.title)', RUN),
  shown('js', 'JavaScript', 'console.log(document.title)', RUN),
  {
    ...shown(
      'vega',
      'a Vega-Lite or Vega spec in JSON',
      '{ "data": { "values": [{ "x": 1, "y": 2 }] }, "mark": "bar", "encoding": { "x": { "field": "x" }, "y": { "field": "y" } } }',
      'A Vega-Lite spec is drawn by `vegaLite`, a Vega spec by front-ends that know Vega.',
    ),
    usage: '%%vega\n<spec>',
  },
];
