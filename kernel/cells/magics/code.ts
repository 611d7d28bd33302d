import { parser } from '../ast.ts';
import { HIDDEN } from '../imports.ts';
import { UsageError } from './errors.ts';
import type { Edit, MagicContext } from './expand.ts';
import type { FoundMagic } from './find.ts';
import { parseOptions } from './options.ts';
import type { Magic } from './table.ts';

/** The edits of a magic around TypeScript, which stays where it is. */
export function codeEdits(found: FoundMagic, magic: Magic, context: MagicContext): Edit[] {
  const { source, file } = context;
  const { start, end, text } = found;
  if (found.kind === 'cell') {
    return [{ start, end, text: `${HIDDEN}.magics.timeCell();` }];
  }
  const { start: at, rest } = parseOptions(magic, source.slice(text, end));
  if (rest === '') throw new UsageError(`%${magic.name} needs a statement`, source, file, start, magic.usage);
  const code = { start: text + at, end: text + at + rest.length };
  const { start: from, end: to } = withoutSemicolon(source, code);
  const begin = `${HIDDEN}.magics.begin()`;
  const stop = `${HIDDEN}.magics.time`;
  if (isExpression(source.slice(from, to))) {
    return [
      { start, end: from, text: `${stop}(${begin}, (` },
      { start: to, end, text: '));' },
    ];
  }
  if (found.assigned) {
    throw new UsageError(`%${magic.name} gives the value of an expression only`, source, file, from);
  }
  return [
    { start, end: code.start, text: `${begin}; ` },
    { start: code.end, end, text: `; ${stop}();` },
  ];
}

function withoutSemicolon(
  source: string,
  { start, end }: { start: number; end: number },
): { start: number; end: number } {
  const shown = source.slice(start, end).replace(/[\s;]+$/, '');
  return { start, end: start + shown.length };
}

/** Whether code is one expression; `{ a: 1 }` and `function f() {}` are statements. */
function isExpression(code: string): boolean {
  if (/^(?:\{|function\b|class\b|async\s+function\b)/.test(code)) return false;
  const { errors } = parser().parseSync('magic.ts', `(${code}\n)`, { lang: 'ts', sourceType: 'module' });
  return errors.length === 0;
}
