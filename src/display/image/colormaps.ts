import { nearest } from '../../core/nearest.ts';
import { shortText } from '../inspect.ts';
import { colormapTables } from './colormapTables.ts';

/** What numbers are coloured by: perceptually even, but for `coolwarm`, whose middle is neutral. */
export type Colormap = 'gray' | keyof typeof colormapTables;

const names: readonly string[] = ['gray', ...Object.keys(colormapTables)];

/** The map of that name; throws a RangeError that names the nearest. */
export function checkColormap(value: unknown): Colormap | undefined {
  if (value === undefined) return undefined;
  const name = value === 'grey' ? 'gray' : value;
  if (typeof name === 'string' && names.includes(name)) return name as Colormap;
  const meant = typeof name === 'string' ? nearest(name, names) : undefined;
  const hint = meant === undefined ? '' : ` (did you mean '${meant}'?)`;
  const allowed = names.map((known) => `'${known}'`).join(', ');
  throw new RangeError(`image: colormap is ${shortText(value, 40)}${hint}; allowed are ${allowed}`);
}

const decoded = new Map<Colormap, Uint8Array>();

/** The map's 256 colours, three bytes each. */
export function colormapColours(name: Colormap): Uint8Array {
  const known = decoded.get(name) ?? makeColours(name);
  decoded.set(name, known);
  return known;
}

function makeColours(name: Colormap): Uint8Array {
  if (name !== 'gray') return Buffer.from(colormapTables[name], 'base64');
  return Uint8Array.from({ length: 3 * 256 }, (_, at) => Math.floor(at / 3));
}
