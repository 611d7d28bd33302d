import { parser } from '../cells/ast.ts';
import { tooDeep } from '../cells/depth.ts';
import { endsContinued, maskMagics } from '../cells/magics/mask.ts';
import { isGlobal } from '../cells/magics/names.ts';
import { inspectionRequest } from '../cells/magics/question.ts';
import { mayHaveJsx } from '../cells/strip.ts';
import { type Scan, scan } from '../cells/tokens.ts';
import type { Completeness } from './service.ts';

/** What completes code that ends with a sign which the parser does not take for the beginning of more. */
const AFTER: Readonly<Record<string, string>> = { '=>': ' 0', '?.': 'x' };

/** Says whether code can run as it is, or goes on in another line, as the parser sees it. `hasJsx` tells whether JSX is on. */
export function isComplete(code: string, hasJsx: () => boolean = () => false): Completeness {
  if (code.trim() === '' || inspectionRequest(code)) return { status: 'complete' };
  if (endsContinued(code, isGlobal)) return { status: 'incomplete', indent: '' };
  return isCompleteTypeScript(maskMagics(code, isGlobal), hasJsx);
}

function isCompleteTypeScript(code: string, hasJsx: () => boolean): Completeness {
  if (code.trim() === '') return { status: 'complete' };
  if (tooDeep(code) !== undefined) return { status: 'invalid' };
  const scanned = scan(code);
  const status = judge(code, scanned, hasJsx);
  return status === 'incomplete' ? { status, indent: indentAfter(code, scanned) } : { status };
}

type Status = 'complete' | 'incomplete' | 'invalid';

function judge(code: string, { tokens, unfinished }: Scan, hasJsx: () => boolean): Status {
  const last = tokens.at(-1);
  const next = unfinished ? undefined : AFTER[last?.text ?? ''];
  if (next !== undefined)
    return judge(code + next, { tokens: [], open: [] }, hasJsx) === 'invalid' ? 'invalid' : 'incomplete';
  // Names that are reserved are among the errors of meaning.
  const options = { sourceType: 'module', showSemanticErrors: true } as const;
  const { errors } = parser().parseSync('cell.ts', code, { ...options, lang: 'ts' });
  if (errors.length === 0) return 'complete';
  if (mayHaveJsx(code) && hasJsx()) {
    const withJsx = parser().parseSync('cell.tsx', code, { ...options, lang: 'tsx' });
    if (withJsx.errors.length === 0) return 'complete';
  }
  if (unfinished?.kind === 'string' && !continues(code)) return 'invalid';
  const end = unfinished?.start ?? last?.end ?? code.length;
  return errors.some(({ labels }) => (labels[0]?.start ?? 0) >= end) ? 'incomplete' : 'invalid';
}

/** A string goes on in the next line behind a backslash. */
const continues = (code: string): boolean => /(?:^|[^\\])(?:\\\\)*\\(?:\r?\n[ \t]*)?$/.test(code);

/** The last line's indentation, one step deeper after an opening bracket. */
function indentAfter(code: string, { tokens, unfinished }: Scan): string {
  // Blanks would be part of the text.
  if (unfinished && unfinished.kind !== 'comment') return '';
  const written = code.trimEnd();
  const line = written.lastIndexOf('\n') + 1;
  const indent = /^[ \t]*/.exec(written.slice(line))?.[0] ?? '';
  const last = tokens.at(-1);
  return last?.kind === 'open' && last.start >= line ? `${indent}  ` : indent;
}
