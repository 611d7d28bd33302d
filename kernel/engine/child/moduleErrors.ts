import { readFileSync } from 'node:fs';
import { dirname, isAbsolute, relative } from 'node:path';
import { calledAt } from './frames.ts';
import { packageOf } from './latePackages.ts';

/** What Node's loaders say, in the terms of a notebook: which name is missing, for whom, and what to type. */

interface LoaderError extends Error {
  code?: string;
  requireStack?: string[];
}

// Cells may replace these.
const { parse } = JSON;
const { assign, defineProperty, keys } = Object;
const { captureStackTrace } = Error;

const MISSING = /^Cannot find (?:package|module) '([^'\n]+)'(?: imported from ([^\n]+))?/;
/** Frames that say nothing about the user's code. */
const NO_PLACE = /node:|[\\/]dist[\\/]kernel/;

/** Of a package that is nowhere around the notebook. */
export function missingPackage(name: string): Error {
  return assign(new Error(messageOf(name, undefined)), {
    name: 'ModuleNotFoundError',
    code: 'ERR_MODULE_NOT_FOUND',
  });
}

function messageOf(name: string, importer: string | undefined): string {
  const wanted = packageOf(name) ?? name;
  const whole = wanted === name ? '' : ` (for '${name}')`;
  const from = importer === undefined ? " from the notebook's folder" : `, which ${shown(importer)} imports`;
  return `Cannot find package '${wanted}'${whole}${from}. Install it there: %npm install ${wanted}`;
}

/** A file by its way from the notebook's folder, which is how tracebacks name it. */
function shown(path: string): string {
  const below = relative(process.cwd(), path);
  return below.startsWith('..') || isAbsolute(below) ? path : below;
}

/**
 * What an import or a `require` of a cell throws: the same error, since programs look at its code. `call` was
 * captured in the cell, `cells` is the file that cells count as.
 */
export function explained(thrown: unknown, call: object, cells: string): unknown {
  if (!(thrown instanceof Error)) return thrown;
  const error = thrown as LoaderError;
  describe(error, cells);
  const lines = String(error.stack).split('\n');
  if (!lines.some((line) => /^\s+at /.test(line) && !NO_PLACE.test(line))) {
    captureStackTrace(error);
    calledAt(error, call);
  }
  return error;
}

function describe(error: LoaderError, cells: string): void {
  switch (error.code) {
    case 'ERR_MODULE_NOT_FOUND':
    case 'MODULE_NOT_FOUND':
      describeMissing(error, cells);
      break;
    case 'ERR_PACKAGE_PATH_NOT_EXPORTED':
      error.message = `${withoutCell(error.message, cells)}${exportsIn(error.message)}`;
      break;
    case 'ERR_REQUIRE_ASYNC_MODULE':
      // The rest is about options of Node's command line.
      error.message = error.message.split(' To see where', 1)[0] ?? error.message;
      break;
    case 'ERR_UNKNOWN_FILE_EXTENSION':
      if (error.message.includes('".node"')) error.message += '. Native code is loaded by require';
      break;
    default:
      if (error.code?.startsWith('ERR_')) error.message = withoutCell(error.message, cells);
  }
}

function describeMissing(error: LoaderError, cells: string): void {
  const [first, name = '', imported] = MISSING.exec(error.message) ?? [];
  // Already told, or of another kind.
  if (first === undefined || error.message.includes('%npm')) return;
  const { requireStack } = error;
  const importer = imported ?? requireStack?.[0];
  const from = importer === cells ? undefined : importer;
  if (packageOf(name) !== undefined) {
    error.message = messageOf(name, from);
    error.name = 'ModuleNotFoundError';
  } else if (requireStack) {
    error.message = `Cannot find module '${name}'${from === undefined ? '' : `, which ${shown(from)} requires`}`;
  } else {
    error.message = withoutCell(error.message, cells);
  }
  // What it says is in the message by now.
  if (requireStack) defineProperty(error, 'requireStack', { enumerable: false });
}

/** The traceback shows the cell, under its own name. */
function withoutCell(message: string, cells: string): string {
  return message.replace(` imported from ${cells}`, '').replace(` from ${cells}`, '');
}

function exportsIn(message: string): string {
  const [, path] = / in (.+?package\.json)/.exec(message) ?? [];
  const { exports } = (path === undefined ? undefined : manifestAt(dirname(path))) ?? {};
  if (typeof exports !== 'object' || exports === null) return '';
  const ways = keys(exports).filter((key) => key.startsWith('.'));
  if (ways.length === 0) return '';
  return `; it has ${ways.slice(0, 20).join(', ')}${ways.length > 20 ? ', …' : ''}`;
}

/** What a folder's package.json says, if there is one that can be read. */
export function manifestAt(folder: string): Record<string, unknown> | undefined {
  try {
    return parse(readFileSync(`${folder}/package.json`, 'utf8')) as Record<string, unknown>;
  } catch {
    return undefined;
  }
}
