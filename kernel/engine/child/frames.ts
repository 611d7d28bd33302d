import { basename, isAbsolute, join, relative, sep } from 'node:path';
import type { CellSources } from './sources.ts';
import { pathOf } from './typescriptFiles.ts';

/** A line of a stack trace, in the terms of what the user wrote. */
export interface Frame {
  text: string;
  file: string | undefined;
  line: number;
  column: number;
}

/** Frames of Node, of V8's own functions and of the kernel say nothing about the user's code. */
const INTERNAL = /^node:|^internal\/|[\\/]dist[\\/]kernel[\\/]|^evalmachine/;

/** What cells count as for Node: the function through which they import stands there. */
const CELLS = /[\\/]cell\.ts$/;

const TOOLKIT = join(__dirname, '..', 'src') + sep;

/** What runs the toolkit's functions for it, such as `tidy`. */
const ENGINE = /[\\/]node_modules[\\/]@tensorflow[\\/]/;

const isToolkit = ({ file }: Frame): boolean => file !== undefined && pathOf(file).startsWith(TOOLKIT);

/** The toolkit's own frames, and those of the engine between them, count only where there are no others. */
function withoutToolkit(frames: Frame[]): Frame[] {
  const [first, last] = [frames.findIndex(isToolkit), frames.findLastIndex(isToolkit)];
  const isBetween = ({ file }: Frame, i: number): boolean =>
    i > first && i < last && file !== undefined && ENGINE.test(file);
  const others = frames.filter((frame, i) => !isToolkit(frame) && !isBetween(frame, i));
  return others.length > 0 ? others : frames;
}

export function framesOfSites(sites: readonly NodeJS.CallSite[], sources: CellSources): Frame[] {
  return withoutToolkit(
    sites.map((site) => frameOfSite(site, sources)).filter((frame) => frame !== undefined),
  );
}

function frameOfSite(site: NodeJS.CallSite, sources: CellSources): Frame | undefined {
  const file = site.getFileName();
  const text = String(site);
  if (!file) return text.includes('eval at') ? evaluated(text, sources) : undefined;
  const called = text.endsWith(')') ? text.slice(0, Math.max(0, text.lastIndexOf(' ('))) : '';
  return located(called, file, site.getLineNumber() ?? 0, site.getColumnNumber() ?? 0, sources);
}

/** `eval (eval at f (cell.ts:1:2), <anonymous>:1:7)`: only the place of the call has a source. */
function evaluated(text: string, sources: CellSources): Frame {
  const shown = text.replace(
    /\(([^()]+):(\d+):(\d+)\)/,
    (whole, file: string, line: string, column: string) => {
      const frame = located('', file, Number(line), Number(column), sources);
      return frame ? `(${frame.text})` : whole;
    },
  );
  return { text: shown, file: undefined, line: 0, column: 0 };
}

function located(
  called: string,
  file: string,
  line: number,
  column: number,
  sources: CellSources,
): Frame | undefined {
  if (INTERNAL.test(file)) return undefined;
  const original = sources.original(file, line, column);
  // What the transform put around a cell is not the user's code.
  if (!original && (sources.isCell(file) || CELLS.test(file))) return undefined;
  const position = original ?? { line, column };
  const place = `${shortName(file, sources)}:${position.line}:${position.column}`;
  return { text: called === '' ? place : `${called} (${place})`, file, ...position };
}

/** A cell by its name, a file below the notebook's folder by its way from there. */
export function shortName(file: string, sources: CellSources): string {
  if (sources.isCell(file)) return basename(file);
  const path = pathOf(file);
  if (!isAbsolute(path)) return path;
  const below = relative(process.cwd(), path);
  return below.startsWith('..') || isAbsolute(below) ? path : below;
}

const AT = /^\s+at (?:(.*) \()?((?:file:\/\/)?[^()]+?):(\d+):(\d+)\)?$/;

/** The frames of a stack that was formatted elsewhere: in another realm or thread. */
export function framesOfStack(stack: unknown, sources: CellSources): Frame[] {
  if (typeof stack !== 'string') return [];
  const frames: Frame[] = [];
  for (const text of stack.split('\n').slice(0, 200)) {
    const [, called = '', file = '', line, column] = AT.exec(text) ?? [];
    if (file === '') continue;
    const frame = located(called, file.replace(/^async /, ''), Number(line), Number(column), sources);
    if (frame) frames.push(frame);
  }
  return withoutToolkit(frames);
}

const calls = new WeakMap<object, object>();

/** An error that arose where nothing of the user's was on the stack: `call` was captured where it was asked for. */
export function calledAt(error: object, call: object): void {
  calls.set(error, call);
}

export function callOf(error: object): object | undefined {
  return calls.get(error);
}

const HEAD = 12;
const TAIL = 8;

/** What is shown of many frames: recursion once, the innermost ones and those of the cell. */
export function condensed(frames: readonly Frame[]): (Frame | string)[] {
  const shown: (Frame | string)[] = [];
  for (let index = 0; index < frames.length; ) {
    const frame = frames[index] as Frame;
    let end = index + 1;
    while (frames[end]?.text === frame.text) end += 1;
    shown.push(frame);
    const repeated = end - index - 1;
    if (repeated > 0) shown.push(`… the same ${repeated === 1 ? 'once more' : `${repeated} more times`}`);
    index = end;
  }
  if (shown.length <= HEAD + TAIL + 1) return shown;
  const skipped = shown.length - HEAD - TAIL;
  return [...shown.slice(0, HEAD), `… ${skipped} more frames`, ...shown.slice(-TAIL)];
}
