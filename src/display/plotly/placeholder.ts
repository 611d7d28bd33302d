import { escapeHtml } from '../markup/values.ts';
import { type Picture, rasterizeCompact } from '../raster.ts';
import { textWidth } from '../textWidth.ts';
import { themeTokens } from '../theme.ts';
import type { Figure } from './figure.ts';
import type { Size } from './looks.ts';
import { figureSummary, titleText } from './summary.ts';

const padding = 32;

/** A picture in words, for a figure that only a browser draws: what it is, why, and how to see it. */
export function placeholder(figure: Figure, size: Size, reason: string): Picture {
  const { font, foreground, softForeground, background, axis, fontSize } = themeTokens();
  const { width, height } = size;
  const style = { family: font, weight: 'normal', style: 'normal' };
  const wrapped = (text: string): string[] =>
    wrap(text, width - 2 * padding, (part) => textWidth(part, fontSize, style));
  const lines: [text: string, colour: string, extra: string][] = [
    [
      titleText(figure.layout.title) || 'Plotly chart',
      foreground,
      `font-weight="bold" font-size="${fontSize + 2}"`,
    ],
    ...wrapped(figureSummary(figure)).map((text): [string, string, string] => [text, softForeground, '']),
    ['', '', ''],
    ...wrapped(`No still picture: ${reason}.`).map((text): [string, string, string] => [
      text,
      foreground,
      '',
    ]),
    ...wrapped(
      'To see it, open the notebook, or a page made from it, in a browser: run the cell again, or trust the notebook.',
    ).map((text): [string, string, string] => [text, foreground, '']),
  ];
  const step = 1.5 * fontSize;
  const top = Math.max(padding, (height - lines.length * step) / 2);
  const texts = lines.map(
    ([text, colour, extra], at) =>
      `<text x="${padding}" y="${top + (at + 1) * step}" fill="${colour}" ${extra}>${escapeHtml(text)}</text>`,
  );
  const fill = background === 'transparent' ? 'none' : background;
  const frame = `<rect x="8.5" y="8.5" width="${width - 17}" height="${height - 17}" rx="6" fill="none" stroke="${axis}" stroke-dasharray="4 4"/>`;
  return rasterizeCompact(
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" font-family="${escapeHtml(font)}" font-size="${fontSize}"><rect width="100%" height="100%" fill="${fill}"/>${frame}${texts.join('')}</svg>`,
    { scale: 2, name: 'plotly' },
  );
}

function wrap(text: string, width: number, measure: (text: string) => number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    const longer = line === '' ? word : `${line} ${word}`;
    if (line !== '' && measure(longer) > width) {
      lines.push(line);
      line = word;
    } else line = longer;
  }
  return [...lines, line];
}
