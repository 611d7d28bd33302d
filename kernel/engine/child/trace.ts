import { inspect, types } from 'node:util';
import { codeFrame } from '../../cells/errors.ts';
import type { ErrorReport } from '../engine.ts';
import { placeOfArrow } from './arrow.ts';
import { callOf, condensed, type Frame, framesOfSites, framesOfStack, shortName } from './frames.ts';
import { hintFor } from './hints.ts';
import { withFewerProperties, withNotes } from './largeObjects.ts';
import type { CellSources } from './sources.ts';

const RED = '\u001b[31m';
const BOLD = '\u001b[1m';
const DIM = '\u001b[2m';
const OFF = '\u001b[0m';

/** Causes and members of AggregateErrors are shown down to this depth. */
const MAX_DEPTH = 6;
/** Enough to reach the cell through the frames of a library. */
const STACK_FRAMES = 50;
const MAX_MESSAGE = 10_000;
const MAX_LINES = 100;
const MAX_MEMBERS = 10;

// Cells may replace these.
const { fromEntries, keys: keysOf } = Object;
const { isArray } = Array;

/** A string of anything, whatever its own methods do. */
export function safeString(value: unknown): string {
  try {
    return String(value);
  } catch {
    try {
      return Object.prototype.toString.call(value);
    } catch {
      return '[a value without a text]';
    }
  }
}

function property(value: unknown, key: PropertyKey): unknown {
  try {
    return (value as Record<PropertyKey, unknown>)[key];
  } catch {
    return undefined;
  }
}

function cut(text: string): string {
  const part = text.slice(0, MAX_MESSAGE).split('\n', MAX_LINES).join('\n');
  if (part.length === text.length) return text;
  return `${part}… ${text.length - part.length} more characters (of ${text.length})`;
}

/** Error.prepareStackTrace and error reports, with positions in the TypeScript that the user wrote. */
export class Tracer {
  readonly #sources: CellSources;
  readonly #frames = new WeakMap<object, Frame[]>();

  constructor(sources: CellSources) {
    this.#sources = sources;
  }

  /** Makes `error.stack` speak of the cells' own lines, also where the user's code reads it. */
  install(): void {
    Error.stackTraceLimit = STACK_FRAMES;
    Error.prepareStackTrace = (error, sites) => {
      const frames = framesOfSites(sites, this.#sources);
      if (typeof error === 'object' && error !== null) this.#frames.set(error, frames);
      const lines = condensed(frames).map(
        (frame) => `    at ${typeof frame === 'string' ? frame : frame.text}`,
      );
      return [headOf(error), ...lines].join('\n');
    };
  }

  /** What Jupyter shows of anything thrown. Never throws, whatever was thrown. */
  report(thrown: unknown): ErrorReport {
    try {
      return this.#report(thrown);
    } catch (error) {
      const evalue = `the thrown value cannot be shown: ${safeString(error)}`;
      return { ename: 'Error', evalue, traceback: [`${RED}Error${OFF}: ${evalue}`] };
    }
  }

  #report(thrown: unknown): ErrorReport {
    if (!isError(thrown)) {
      const evalue = cut(typeof thrown === 'string' ? thrown : shown(thrown, 4));
      return { ename: 'Uncaught', evalue, traceback: `${RED}Uncaught${OFF} ${evalue}`.split('\n') };
    }
    const traceback = this.#lines(thrown, new Set()).flatMap((line) => line.split('\n'));
    const ename = nameOf(thrown);
    const evalue = messageOf(thrown);
    const hint = hintFor(ename, evalue);
    if (hint !== undefined) traceback.push(`${BOLD}help${OFF}: ${hint}`);
    return { ename, evalue, traceback };
  }

  #lines(error: object, above: ReadonlySet<object>): string[] {
    const message = messageOf(error);
    const lines = [`${RED}${nameOf(error)}${OFF}${message === '' ? '' : `: ${message}`}`];
    const frames = [...this.#framesOf(error)];
    const place = this.#placeOf(error);
    if (place) frames.unshift(place);
    const quoted = this.#quoted(frames, place);
    for (const frame of condensed(frames)) {
      if (typeof frame === 'string') {
        lines.push(`    ${DIM}${frame}${OFF}`);
        continue;
      }
      lines.push(`    ${DIM}at${OFF} ${frame.text}`);
      if (!quoted.includes(frame)) continue;
      const text = this.#sources.text(frame.file ?? '') ?? this.#sources.written(frame.file ?? '');
      lines.push(...codeFrame(text, frame.line, frame.column));
    }
    lines.push(...ownProperties(error));
    const path = new Set([...above, error]);
    return path.size > MAX_DEPTH ? lines : [...lines, ...this.#related(error, path)];
  }

  /** The frames whose lines are shown: the innermost one, and where another cell or file led there from. */
  #quoted(frames: readonly Frame[], place: Frame | undefined): (Frame | undefined)[] {
    const inner =
      place ?? frames.find(({ file }) => file !== undefined && this.#sources.text(file) !== undefined);
    const outer = frames.findLast(({ file }) => file !== undefined && this.#sources.isCell(file));
    return inner?.file === outer?.file ? [inner] : [inner, outer];
  }

  #related(error: object, path: ReadonlySet<object>): string[] {
    const lines: string[] = [];
    const nested = (title: string, value: unknown): void => {
      const below =
        isError(value) && !path.has(value)
          ? this.#lines(value, path)
          : [isError(value) ? `[circular: ${nameOf(value)}]` : cut(shown(value, 2))];
      lines.push(`${DIM}${title}${OFF} ${below[0] ?? ''}`, ...below.slice(1).map((line) => `  ${line}`));
    };
    const cause = property(error, 'cause');
    if (cause !== undefined) nested('caused by', cause);
    const members = property(error, 'errors');
    if (isArray(members)) {
      for (const [index, member] of members.slice(0, MAX_MEMBERS).entries()) nested(`[${index}]`, member);
      const more = members.length - MAX_MEMBERS;
      if (more > 0) lines.push(`${DIM}… ${more} more errors${OFF}`);
    }
    return lines;
  }

  #framesOf(error: object): Frame[] {
    // Reading the stack is what prepares the frames.
    const stack = property(error, 'stack');
    const frames = this.#frames.get(error) ?? framesOfStack(stack, this.#sources);
    const call = frames.length === 0 ? callOf(error) : undefined;
    return call ? this.#framesOf(call) : frames;
  }

  /** Where a file could not be compiled: TypeScript says so itself, V8 in a way of its own. */
  #placeOf(error: object): Frame | undefined {
    if (nameOf(error) !== 'SyntaxError') return undefined;
    const given = /^(.+):(\d+):(\d+)$/.exec(safeString(property(error, 'place') ?? ''));
    const place = given
      ? { file: given[1] ?? '', line: Number(given[2]), column: Number(given[3]) }
      : placeOfArrow(error);
    if (!place) return undefined;
    const { file } = place;
    const { line, column } = given
      ? place
      : (this.#sources.original(file, place.line, place.column) ?? place);
    return { text: `${shortName(file, this.#sources)}:${line}:${column}`, file, line, column };
  }
}

function headOf(error: unknown): string {
  if (!isError(error)) return headOfTarget(error);
  const message = messageOf(error);
  return message === '' ? nameOf(error) : `${nameOf(error)}: ${message}`;
}

/** What `Error.captureStackTrace` was called on: `console.trace` gives a plain object a name and a message. */
function headOfTarget(target: unknown): string {
  try {
    return Error.prototype.toString.call(target);
  } catch {
    return safeString(target);
  }
}

function isError(value: unknown): value is object {
  if (typeof value !== 'object' || value === null) return false;
  try {
    return types.isNativeError(value) || value instanceof Error;
  } catch {
    return false;
  }
}

function messageOf(error: object): string {
  return cut(safeString(property(error, 'message') ?? ''));
}

function nameOf(error: object): string {
  const name = property(error, 'name');
  const type = property(property(error, 'constructor'), 'name');
  const given = typeof name === 'string' && name !== '' ? name : 'Error';
  return given === 'Error' && typeof type === 'string' && type !== '' ? type : given;
}

function shown(value: unknown, depth: number): string {
  try {
    const options = { depth, maxStringLength: MAX_MESSAGE, maxArrayLength: 50 };
    return withNotes(inspect(withFewerProperties(value), options));
  } catch {
    return safeString(value);
  }
}

const USUAL = new Set(['name', 'message', 'stack', 'cause', 'errors', 'place']);

/** What an error carries beside its message: `code`, `errno` and the like. */
function ownProperties(error: object): string[] {
  let keys: string[] = [];
  try {
    keys = keysOf(error).filter((key) => !USUAL.has(key));
  } catch {
    // A Proxy that does not say what it has.
  }
  if (keys.length === 0) return [];
  const values = fromEntries(keys.slice(0, 12).map((key) => [key, property(error, key)]));
  try {
    const options = { depth: 1, breakLength: 100, maxStringLength: 500, maxArrayLength: 20 };
    return [withNotes(inspect(withFewerProperties(values), options))];
  } catch {
    return [];
  }
}
