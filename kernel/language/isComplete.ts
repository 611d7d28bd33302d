import { type Node, parser } from '../cells/ast.ts';
import { tooDeep } from '../cells/depth.ts';
import { endsContinued, maskMagics } from '../cells/magics/mask.ts';
import { isGlobal } from '../cells/magics/names.ts';
import { inspectionRequest } from '../cells/magics/question.ts';
import { mayHaveJsx } from '../cells/strip.ts';
import { type Scan, scan, type Token } from '../cells/tokens.ts';
import type { Completeness } from './service.ts';

/** What completes code that ends with a sign which the parser does not take for the beginning of more. */
const AFTER: ReadonlyMap<string, string> = new Map([
  ['=>', ' 0'],
  ['?.', 'x'],
]);

const CLOSERS: Readonly<Record<string, string>> = {
  '(': ')',
  '[': ']',
  '{': '}',
};
/** What may make code whole whose beginning the parser complains of: `const a`, `get b()`, `async c`, `interface`, `f<`. */
const ENDS = ['', ' = 0', ' {}', ' => 0', ' x {}', ': x', '>()', ' x>()', '>>()', ' x>>()'];
/** Longer code is not tried with other ends. */
const MAX_TRIED = 20_000;

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

function judge(code: string, { tokens, open, unfinished }: Scan, hasJsx: () => boolean): Status {
  const last = tokens.at(-1);
  const next = unfinished ? undefined : AFTER.get(last?.text ?? '');
  if (next !== undefined)
    return judge(code + next, { tokens: [], open: [] }, hasJsx) === 'invalid' ? 'invalid' : 'incomplete';
  const { errors, program } = parse(code);
  if (errors.length === 0) return lacksBody(program.body.at(-1), code) ? 'incomplete' : 'complete';
  if (mayHaveJsx(code) && hasJsx() && parse(code, 'tsx').errors.length === 0) return 'complete';
  if (unfinished?.kind === 'string' && !continues(code)) return 'invalid';
  const end = unfinished?.start ?? last?.end ?? code.length;
  if (errors.some(({ labels }) => (labels[0]?.start ?? 0) >= end)) return 'incomplete';
  return unfinished || code.length > MAX_TRIED || !canGoOn(code, tokens, open) ? 'invalid' : 'incomplete';
}

const parse = (code: string, lang: 'ts' | 'tsx' = 'ts'): ReturnType<ReturnType<typeof parser>['parseSync']> =>
  parser().parseSync(`cell.${lang}`, code, {
    ...{ lang, sourceType: 'module' },
    // Names that are reserved are among the errors of meaning.
    showSemanticErrors: true,
  });

/** A function whose body may follow in the next line; with a semicolon it is an overload. */
function lacksBody(node: Node | undefined, code: string): boolean {
  if (node?.type === 'ExportNamedDeclaration' || node?.type === 'ExportDefaultDeclaration')
    return lacksBody(node.declaration ?? undefined, code);
  return node?.type === 'TSDeclareFunction' && !node.declare && code.slice(0, node.end).at(-1) !== ';';
}

/** Whether the code is right with one of the ends, for errors that the parser places before its end. */
function canGoOn(code: string, tokens: readonly Token[], open: readonly number[]): boolean {
  const closers = open.map((at) => CLOSERS[tokens[at]?.text ?? ''] ?? '').reverse();
  const closed = closers.join('');
  const ends = new Set(ENDS.flatMap((end) => [end + closed, closed + end, (closers[0] ?? '') + end]));
  return [...ends].some((end) => parse(code + end).errors.length === 0);
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
