import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

interface Face {
  readonly file: string;
  readonly family: string;
  readonly weight?: 'bold';
  readonly style?: 'italic';
  /** The face is needed when the classes of a formula match. */
  readonly when: RegExp;
}

/** KaTeX's faces, and the classes of its style sheet that ask for them. */
const FACES: readonly Face[] = [
  { file: 'Main-Regular', family: 'Main', when: /katex/ },
  { file: 'Main-Bold', family: 'Main', weight: 'bold', when: /mathbf|textbf/ },
  { file: 'Main-Italic', family: 'Main', style: 'italic', when: /mathit|textit/ },
  {
    file: 'Main-BoldItalic',
    family: 'Main',
    weight: 'bold',
    style: 'italic',
    when: /textbf.*textit|textit.*textbf/,
  },
  { file: 'Math-Italic', family: 'Math', style: 'italic', when: /mathnormal/ },
  { file: 'Math-BoldItalic', family: 'Math', weight: 'bold', style: 'italic', when: /boldsymbol/ },
  { file: 'AMS-Regular', family: 'AMS', when: /amsrm|mathbb|textbb/ },
  { file: 'Caligraphic-Regular', family: 'Caligraphic', when: /mathcal/ },
  {
    file: 'Caligraphic-Bold',
    family: 'Caligraphic',
    weight: 'bold',
    when: /mathcal.*textbf|textbf.*mathcal/,
  },
  { file: 'Fraktur-Regular', family: 'Fraktur', when: /mathfrak|textfrak/ },
  { file: 'Fraktur-Bold', family: 'Fraktur', weight: 'bold', when: /boldfrak/ },
  { file: 'SansSerif-Regular', family: 'SansSerif', when: /mathsf\b|textsf\b/ },
  {
    file: 'SansSerif-Bold',
    family: 'SansSerif',
    weight: 'bold',
    when: /boldsf|textsf.*textbf|textbf.*textsf/,
  },
  {
    file: 'SansSerif-Italic',
    family: 'SansSerif',
    style: 'italic',
    when: /sfit|itsf|textsf.*textit|textit.*textsf/,
  },
  { file: 'Script-Regular', family: 'Script', when: /mathscr|textscr/ },
  { file: 'Typewriter-Regular', family: 'Typewriter', when: /mathtt|texttt/ },
  { file: 'Size1-Regular', family: 'Size1', when: /delimsizing size1|delim-size1|small-op/ },
  { file: 'Size2-Regular', family: 'Size2', when: /delimsizing size2|large-op/ },
  { file: 'Size3-Regular', family: 'Size3', when: /delimsizing size3/ },
  { file: 'Size4-Regular', family: 'Size4', when: /delimsizing size4|delim-size4/ },
];

/** KaTeX's style sheet with the faces that these formulas need as data URIs, or "" without formulas. */
export function mathCss(rendered: readonly string[]): string {
  const formulas = rendered.map(classesOf).filter((classes) => /\bkatex\b/.test(classes));
  if (formulas.length === 0) return '';
  const faces = FACES.filter((face) => formulas.some((classes) => face.when.test(classes)));
  const sheet = readFileSync(assetPath('katex.min.css'), 'utf8').replace(/@font-face\{[^}]*\}/g, '');
  return `${faces.map(fontFace).join('\n')}\n${sheet}`;
}

function classesOf(html: string): string {
  return [...html.matchAll(/class="([^"]*)"/g)].map((found) => found[1]).join(' ');
}

function fontFace({ file, family, weight, style }: Face): string {
  const data = readFileSync(assetPath(`fonts/KaTeX_${file}.woff2`)).toString('base64');
  return (
    `@font-face{font-family:KaTeX_${family};font-weight:${weight ?? 'normal'};font-style:${style ?? 'normal'};` +
    `src:url(data:font/woff2;base64,${data}) format("woff2")}`
  );
}

function assetPath(name: string): string {
  return createRequire(import.meta.url).resolve(`katex/dist/${name}`);
}
