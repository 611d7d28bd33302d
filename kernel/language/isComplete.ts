import { parser } from '../cells/ast.ts';
import { tooDeep } from '../cells/depth.ts';
import { inspectionRequest } from '../cells/magics.ts';
import type { Completeness } from './service.ts';

const UNTERMINATED = /^Unterminated (?:string|multiline comment|template)/;

/** Says whether code can run as it is, or goes on in another line, as the parser sees it. */
export function isComplete(code: string): Completeness {
  if (code.trim() === '' || inspectionRequest(code)) return { status: 'complete' };
  if (tooDeep(code) !== undefined) return { status: 'invalid' };
  const { errors } = parser().parseSync('cell.ts', code, { lang: 'ts', sourceType: 'module' });
  if (errors.length === 0) return { status: 'complete' };
  const end = code.trimEnd().length;
  const atEnd = errors.some(({ message, labels }) => {
    const start = labels[0]?.start ?? 0;
    if (UNTERMINATED.test(message)) return code[start] === '`' || code.startsWith('/*', start);
    return start >= end;
  });
  return atEnd ? { status: 'incomplete', indent: indentAfter(code) } : { status: 'invalid' };
}

/** The last line's indentation, one step deeper after an opening bracket. */
function indentAfter(code: string): string {
  const last = code.trimEnd().split('\n').at(-1) ?? '';
  const indent = /^\s*/.exec(last)?.[0] ?? '';
  return /[{([]\s*$/.test(last) ? `${indent}  ` : indent;
}
