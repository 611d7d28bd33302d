import { isList, readMember, readMethod, shortText } from '../inspect.ts';
import type { LibraryName } from '../offline/libraries.ts';
import { isPlain, type Plain } from '../plain.ts';
import { checkLengths } from './lengths.ts';
import { plainValue } from './plain.ts';
import { withTitles } from './titles.ts';
import { libraryFor, typeOf } from './traces.ts';

/** A figure whose values are plain, but for typed arrays, and whose titles are objects. */
export interface Figure {
  readonly data: readonly Plain[];
  readonly layout: Plain;
  readonly config: Plain;
  readonly frames?: unknown;
}

/** What `plotly` was given. */
export interface FigureParts {
  readonly data: unknown;
  readonly layout: unknown;
  readonly config: unknown;
  readonly frames: unknown;
  readonly decimate: unknown;
}

const allowed =
  "allowed are traces, as in [{ type: 'bar', x: ['a', 'b'], y: [1, 2] }], and figures { data, layout, config }";

/** The parts of a figure, from one argument or from several. */
export function figureParts(first: unknown, layout: unknown, config: unknown, options: unknown): FigureParts {
  const decimate = readMember(options, 'decimate');
  const toJson = isList(first) ? undefined : readMethod(first, 'toJSON');
  const given = toJson ? toJson() : first;
  if (isList(given)) return { data: given, layout, config, frames: undefined, decimate };
  if (typeof given !== 'object' || given === null || ArrayBuffer.isView(given))
    throw new TypeError(`plotly: the data is ${shortText(given)}; ${allowed}`);
  if (!('data' in given) || typeof given.data === 'function') {
    const isTrace = ['type', 'x', 'y', 'z', 'values', 'labels'].some((key) => key in given);
    if (!isTrace) throw new TypeError(`plotly: the data is ${shortText(given)}; ${allowed}`);
    return { data: [given], layout, config, frames: undefined, decimate };
  }
  return {
    data: readMember(given, 'data'),
    layout: layout ?? readMember(given, 'layout'),
    config: config ?? readMember(given, 'config'),
    frames: readMember(given, 'frames'),
    decimate: decimate ?? readMember(given, 'decimate'),
  };
}

/** The figure of its parts; throws TypeError and RangeError that say where it is wrong. */
export function readFigure({ data, layout, config, frames }: FigureParts): Figure {
  const traces = isList(data) ? data : isPlain(data) ? [data] : undefined;
  if (!traces) throw new TypeError(`plotly: data is ${shortText(data)}; ${allowed}`);
  const read = traces.map((trace, index) => {
    const path = `data[${index}]`;
    const plain = plainValue(trace, path);
    if (!isPlain(plain) || ArrayBuffer.isView(plain))
      throw new TypeError(`plotly: ${path} is ${shortText(trace)}; ${allowed}`);
    const type = typeOf(plain, path);
    checkLengths(plain, type, path);
    return withTitles(plain);
  });
  return {
    data: read,
    layout: withTitles(part(layout, 'layout')),
    config: part(config, 'config'),
    ...(frames === undefined ? {} : { frames: plainValue(frames, 'frames') }),
  };
}

function part(value: unknown, name: string): Plain {
  const plain = plainValue(value ?? {}, name);
  if (isPlain(plain) && !ArrayBuffer.isView(plain)) return plain;
  throw new TypeError(
    `plotly: the ${name} is ${shortText(value)}; allowed is an object, as in { title: 'Loss' }`,
  );
}

/** The types of the traces of a figure. */
export function typesOf({ data }: Figure): string[] {
  return data.map((trace) => String(trace.type ?? 'scatter'));
}

/** The smallest library that draws a figure. */
export function libraryOf(figure: Figure): LibraryName {
  return libraryFor(typesOf(figure));
}
