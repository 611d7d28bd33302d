import { NAME } from '../cells/namePattern.ts';
import type { ServerDiagnostic } from './diagnostics.ts';

const POSSIBLY_MISSING = new Set([2531, 2532, 2533, 2721, 2722, 2723, 18047, 18048, 18049]);
const NO_SUCH_PROPERTY = new Set([2339, 2551]);
const ARGUMENT = new Set([2345, 2769]);
const ASSIGNMENT = 2322;

const WHOLE = new RegExp(`^(${NAME})(?![\\p{ID_Continue}$.?![(])`, 'u');
const RECEIVER = new RegExp(`(?:^|[^\\p{ID_Continue}$.])(${NAME})\\.$`, 'u');
const INITIALIZER = new RegExp(`=\\s*(${NAME})\\s*;?\\s*$`, 'u');

/**
 * Whether an error is about one of several types that a variable of an earlier cell may have. Which of them
 * it has, an earlier assignment says, as within one file: modules do not see it of each other.
 */
export function mayBeNarrowed(
  diagnostic: ServerDiagnostic,
  text: string,
  narrowed: ReadonlySet<string>,
): boolean {
  const { code, message } = diagnostic;
  if (POSSIBLY_MISSING.has(Number(code))) return narrowed.has(/^'([^']+)'/.exec(message)?.[1] ?? '');
  return message.split('\n', 1)[0]?.includes(' | ') === true && isAbout(diagnostic, text, narrowed);
}

/** Whether an error is about the type of one of some variables. `text` is what the places count in. */
export function isAbout(
  { code, range }: ServerDiagnostic,
  text: string,
  names: ReadonlySet<string>,
): boolean {
  const number = Number(code);
  const line = text.split('\n')[range.start.line] ?? '';
  const behind = line.slice(range.start.character);
  const has = (match: RegExpExecArray | null): boolean => names.has(match?.[1] ?? '');
  if (NO_SUCH_PROPERTY.has(number)) return has(RECEIVER.exec(line.slice(0, range.start.character)));
  if (ARGUMENT.has(number)) return has(WHOLE.exec(behind));
  return number === ASSIGNMENT && has(INITIALIZER.exec(behind));
}
