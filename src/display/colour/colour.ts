import { namedColour } from './names.ts';

/** Red, green and blue from 0 to 1, and how opaque they are. */
export interface Rgba {
  readonly rgb: readonly [number, number, number];
  readonly alpha: number;
}

const functional = /^(rgb|hsl)a?\(\s*([^()]+?)\s*\)$/i;

/** A CSS colour: hexadecimal digits, a name, rgb() or hsl(), which are what Vega and Plotly both know. */
export function parseColour(text: string): Rgba | undefined {
  const trimmed = text.trim();
  if (trimmed.toLowerCase() === 'transparent') return { rgb: [0, 0, 0], alpha: 0 };
  const digits = /^#([\da-f]+)$/i.exec(trimmed)?.[1] ?? namedColour(trimmed);
  if (digits !== undefined) return fromDigits(digits);
  const [, kind = '', inside = ''] = functional.exec(trimmed) ?? [];
  const parts = inside.split(/[\s,/]+/);
  if (kind === '' || parts.length < 3 || parts.length > 4) return undefined;
  const isRgb = kind.toLowerCase() === 'rgb';
  const numbers = parts.map((part, index) => numberOf(part, isRgb && index < 3 ? 255 : 1));
  if (!numbers.every(Number.isFinite)) return undefined;
  const [one = 0, two = 0, three = 0, alpha = 1] = numbers;
  return { rgb: isRgb ? [one / 255, two / 255, three / 255] : fromHsl(one, two, three), alpha };
}

/** A percentage is a part of the whole. */
function numberOf(part: string, whole: number): number {
  const [, number = 'x', unit = ''] = /^([+-]?[\d.]+)(%|deg)?$/.exec(part) ?? [];
  return unit === '%' ? (Number(number) / 100) * whole : Number(number);
}

function fromDigits(digits: string): Rgba | undefined {
  if (![3, 4, 6, 8].includes(digits.length)) return undefined;
  const size = digits.length < 6 ? 1 : 2;
  const parts = digits.match(new RegExp(`.{${size}}`, 'g')) ?? [];
  const [red = 0, green = 0, blue = 0, alpha = 1] = parts.map(
    (part) => Number.parseInt(size === 1 ? part + part : part, 16) / 255,
  );
  return { rgb: [red, green, blue], alpha };
}

function fromHsl(hue: number, saturation: number, lightness: number): [number, number, number] {
  const reach = saturation * Math.min(lightness, 1 - lightness);
  const channel = (offset: number): number => {
    const at = (((offset + hue / 30) % 12) + 12) % 12;
    return lightness - reach * Math.max(-1, Math.min(at - 3, 9 - at, 1));
  };
  return [channel(0), channel(8), channel(4)];
}

/** Relative luminance as in WCAG 2.2: 0 for black, 1 for white. */
export function luminance(rgb: readonly number[]): number {
  const [red = 0, green = 0, blue = 0] = rgb.map((value) =>
    value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4,
  );
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

/** A colour so far on the way from one to another: the parts are of the second. */
export function mixColours(from: string, to: string, share: number): string {
  const [one, two] = [parseColour(from)?.rgb ?? [0, 0, 0], parseColour(to)?.rgb ?? [0, 0, 0]];
  const digits = one.map((value, index) => {
    const mixed = value + ((two[index] ?? 0) - value) * share;
    return Math.round(255 * mixed)
      .toString(16)
      .padStart(2, '0');
  });
  return `#${digits.join('')}`;
}
