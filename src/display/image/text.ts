import { escapeHtml } from '../markup/values.ts';
import { rasterizeInk } from '../raster.ts';
import type { Line } from './layout.ts';

/** Text in pictures, in CSS pixels. */
const fontSize = 11;
export const lineHeight = 15;

/** The advance of a character of DejaVu Sans in em, a little more than less. */
function advance(character: string): number {
  if (/[ilj.,:;'|!()[\]{}tfr· ]/.test(character)) return 0.4;
  if (/[mwMW%@&—…\ufffd]/.test(character)) return 0.98;
  if (/[A-Z×−+=<>~±"]/.test(character)) return 0.78;
  return character.charCodeAt(0) < 0x2000 ? 0.63 : 1.02;
}

/** How wide a text is, in CSS pixels. */
export const widthOf = (text: string): number =>
  [...text].reduce((width, character) => width + advance(character) * fontSize, 0);

/** Breaks a text into lines of that width, between words where it can; the last one may end in an ellipsis. */
export function wrapText(text: string, width: number, maxLines: number): string[] {
  const lines: string[] = [];
  for (const part of text.split(/\r?\n/)) {
    let line = '';
    for (const word of part.split(/\s+/).filter((found) => found !== '')) {
      const joined = line === '' ? word : `${line} ${word}`;
      if (line === '' || widthOf(joined) <= width) line = joined;
      else {
        lines.push(line);
        line = word;
      }
    }
    lines.push(line);
  }
  const kept = lines.slice(0, maxLines).map((line) => shorten(line, width));
  if (lines.length > maxLines) kept[maxLines - 1] = shorten(`${kept[maxLines - 1]}……`, width);
  return kept.some((line) => line !== '') ? kept : [];
}

function shorten(line: string, width: number): string {
  if (!line.endsWith('……') && widthOf(line) <= width) return line;
  let kept = [...line.replace(/……$/, '')];
  while (kept.length > 1 && widthOf(`${kept.join('')}…`) > width) kept = kept.slice(0, -1);
  return `${kept.join('').trimEnd()}…`;
}

/** A strip of the picture with its text, as opacities. */
export interface Strip {
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly alpha: Uint8Array;
}

/** Draws the lines, those of one height together. */
export function drawLines(lines: readonly Line[], width: number, density: number): Strip[] {
  const height = Math.round(lineHeight * density);
  const heights = [...new Set(lines.map(({ y }) => y))];
  if (heights.length === 0) return [];
  const texts = lines.map(({ text, x, y, anchor }) => {
    const base = heights.indexOf(y) * height + Math.round(11.5 * density);
    return `<text x="${x}" y="${base}" text-anchor="${anchor}" xml:space="preserve">${escapeXml(text)}</text>`;
  });
  // Grey on any page is pale: the letters are a little bolder for it.
  const bolder = `fill="#000" stroke="#000" stroke-width="${0.3 * density}"`;
  const style = `font-family="DejaVu Sans" font-size="${fontSize * density}" ${bolder}`;
  const all = rasterizeInk(
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${heights.length * height}" ${style}>${texts.join('')}</svg>`,
  );
  return heights.map((y, at) => ({
    y,
    width,
    height,
    alpha: all.alpha.subarray(at * height * width, (at + 1) * height * width),
  }));
}

/** Control characters have no place in XML, not even as references. */
function escapeXml(text: string): string {
  return escapeHtml(text.replace(/\p{Cc}/gu, '\ufffd'));
}
