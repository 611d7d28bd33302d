import { inkWidth, type TextStyle } from './raster.ts';

/** Widths of single characters at a font size of 100, for each text style seen. */
const advances = new Map<string, Map<string, number>>();

/**
 * The width of a text in pixels, as the PNG renderer will draw it. Characters are measured once and summed:
 * without kerning, which shortens a label by less than 2 %.
 */
export function textWidth(text: string, fontSize: number, style: TextStyle): number {
  const known = advancesOf(style);
  let width = 0;
  for (const character of text) width += known.get(character) ?? measure(character, style, known);
  return (width * fontSize) / 100;
}

function advancesOf({ family, weight, style }: TextStyle): Map<string, number> {
  const key = `${style}|${weight}|${family}`;
  const known = advances.get(key) ?? new Map<string, number>();
  advances.set(key, known);
  return known;
}

function measure(character: string, style: TextStyle, known: Map<string, number>): number {
  const frame = known.get('') ?? inkWidth('HH', style);
  const width = Math.max(0, inkWidth(`H${character}H`, style) - frame);
  known.set('', frame).set(character, width);
  return width;
}
