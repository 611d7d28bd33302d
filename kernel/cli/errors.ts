import { stripVTControlCharacters } from 'node:util';

/** What a user gave is wrong: one line on stderr and exit 2. */
export class UsageError extends Error {
  override name = 'UsageError';
}

/** A message of any shape as one line, which a terminal shows and does not obey. */
export function oneLine(message: string): string {
  return stripVTControlCharacters(message)
    .trim()
    .replaceAll(/\s*[\n\r]\s*/g, ' ')
    .replaceAll('\t', ' ')
    .replaceAll(/\p{Cc}/gu, '');
}

/** Errors that are about what the user gave, by name: their modules need not be loaded for this. */
const BAD_INPUT = new Set(['UsageError', 'NotebookError', 'ConnectionError', 'KernelspecError']);

export function errorLine(error: unknown): string {
  return oneLine(error instanceof Error ? error.message : String(error));
}

export function exitCode(error: unknown): number {
  return error instanceof Error && BAD_INPUT.has(error.name) ? 2 : 1;
}

/** Writes an error as one line (with `DESCENT_DEBUG=1` its stack as well) and gives the exit code. */
export function reportError(error: unknown): number {
  process.stderr.write(`descent: ${errorLine(error)}\n`);
  if (process.env.DESCENT_DEBUG === '1' && error instanceof Error) process.stderr.write(`${error.stack}\n`);
  return exitCode(error);
}
