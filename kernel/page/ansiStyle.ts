import { readable } from './colour.ts';

/** A colour of the terminal's palette (0–15, which the page's theme chooses) or an exact one. */
type AnsiColour = number | readonly [red: number, green: number, blue: number];

/** The rendition that `ESC [ … m` (SGR, ECMA-48 § 8.3.117) has set up so far. */
export interface AnsiStyle {
  readonly foreground?: AnsiColour;
  readonly background?: AnsiColour;
  readonly bold?: true;
  readonly dim?: true;
  readonly italic?: true;
  readonly underline?: true;
  readonly inverse?: true;
  readonly strike?: true;
}

export const PLAIN: AnsiStyle = {};

type Flag = Exclude<keyof AnsiStyle, 'foreground' | 'background'>;

const SET: Readonly<Record<number, Flag>> = {
  1: 'bold',
  2: 'dim',
  3: 'italic',
  4: 'underline',
  7: 'inverse',
  9: 'strike',
  21: 'underline',
};
const UNSET: Readonly<Record<number, readonly (keyof AnsiStyle)[]>> = {
  22: ['bold', 'dim'],
  23: ['italic'],
  24: ['underline'],
  27: ['inverse'],
  29: ['strike'],
  39: ['foreground'],
  49: ['background'],
};

/** The style after the parameters of one SGR sequence, for example `1;38;5;208`. */
export function applySgr(style: AnsiStyle, parameters: string): AnsiStyle {
  let next = style;
  const fields = parameters.split(';');
  for (let i = 0; i < fields.length; i++) {
    const parts = fields[i]!.split(':').map(Number);
    const code = parts[0]!;
    if (code !== 38 && code !== 48) {
      next = applyCode(next, code, parts[1]);
      continue;
    }
    const channel = code === 38 ? 'foreground' : 'background';
    const colon = parts.length > 1;
    const rest = colon ? colonColour(parts) : fields.slice(i + 1, i + 5).map(Number);
    const colour = extendedColour(rest);
    if (colour !== undefined) next = { ...next, [channel]: colour };
    if (!colon) i += rest[0] === 5 ? 2 : rest[0] === 2 ? 4 : 1;
  }
  return next;
}

function applyCode(style: AnsiStyle, code: number, variant: number | undefined): AnsiStyle {
  if (code === 0) return PLAIN;
  if (code === 4 && variant === 0) return without(style, ['underline']);
  const flag = SET[code];
  if (flag !== undefined) return { ...style, [flag]: true };
  const unset = UNSET[code];
  if (unset !== undefined) return without(style, unset);
  if (code >= 30 && code <= 37) return { ...style, foreground: code - 30 };
  if (code >= 40 && code <= 47) return { ...style, background: code - 40 };
  if (code >= 90 && code <= 97) return { ...style, foreground: code - 82 };
  if (code >= 100 && code <= 107) return { ...style, background: code - 92 };
  return style;
}

function without(style: AnsiStyle, keys: readonly (keyof AnsiStyle)[]): AnsiStyle {
  return Object.fromEntries(Object.entries(style).filter(([key]) => !keys.some((name) => name === key)));
}

/** `38:2:<space>:r:g:b` has a colour space before the channels, `38:2:r:g:b` has not. */
function colonColour(parts: readonly number[]): number[] {
  return parts[1] === 2 && parts.length >= 6 ? [2, ...parts.slice(3, 6)] : parts.slice(1);
}

function extendedColour(fields: readonly number[]): AnsiColour | undefined {
  const [kind, a = 0, b = 0, c = 0] = fields;
  if (kind === 2) return [byte(a), byte(b), byte(c)];
  return kind === 5 ? paletteColour(byte(a)) : undefined;
}

function byte(value: number): number {
  return Number.isFinite(value) ? Math.min(255, Math.max(0, Math.trunc(value))) : 0;
}

/** xterm's 256 colours: 16 of the theme, a cube of 6³, 24 greys. */
function paletteColour(index: number): AnsiColour {
  if (index < 16) return index;
  if (index >= 232) {
    const grey = 8 + 10 * (index - 232);
    return [grey, grey, grey];
  }
  const level = (step: number): number => (step === 0 ? 0 : 55 + 40 * step);
  const cube = index - 16;
  return [level(Math.floor(cube / 36)), level(Math.floor(cube / 6) % 6), level(cube % 6)];
}

/** The `class` and `style` attributes of a span in this style; "" for plain text. */
export function styleAttributes(style: AnsiStyle): string {
  const { foreground, background } = style;
  const flags = (['bold', 'dim', 'italic', 'underline', 'inverse', 'strike'] as const).filter(
    (flag) => style[flag],
  );
  const classes = flags.map((flag) => `ansi-${flag}`);
  const rules: string[] = [];
  if (typeof foreground === 'number') classes.push(`ansi-fg-${foreground}`);
  else if (foreground !== undefined) {
    const exact = background !== undefined || style.inverse === true;
    classes.push('ansi-rgb');
    rules.push(`--on-light:${hex(exact ? foreground : readable(foreground, 'light'))}`);
    rules.push(`--on-dark:${hex(exact ? foreground : readable(foreground, 'dark'))}`);
  }
  if (typeof background === 'number') classes.push(`ansi-bg-${background}`);
  else if (background !== undefined) rules.push(`background-color:${hex(background)}`);
  const classAttribute = classes.length === 0 ? '' : ` class="${classes.join(' ')}"`;
  return rules.length === 0 ? classAttribute : `${classAttribute} style="${rules.join(';')}"`;
}

function hex(colour: readonly [number, number, number]): string {
  return `#${colour.map((channel) => channel.toString(16).padStart(2, '0')).join('')}`;
}
