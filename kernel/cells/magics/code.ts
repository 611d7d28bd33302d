import { isFunctionLike, parser, walk } from '../ast.ts';
import { HIDDEN } from '../imports.ts';
import { callEdits, type Edit, type MagicContext } from './call.ts';
import { UsageError } from './errors.ts';
import { type FoundMagic, mayHaveMagics } from './find.ts';
import { literal } from './literal.ts';
import { parseOptions } from './options.ts';
import { isShellCommand } from './shell.ts';
import type { Magic } from './table.ts';

const NAME = /^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u;

/** The edits of a magic around TypeScript, which stays where it is. */
export function codeEdits(found: FoundMagic, magic: Magic, context: MagicContext): Edit[] {
  const { source, file } = context;
  const { start, end, text } = found;
  if (magic.name === 'capture') return captureCell(found, magic, context);
  if (found.kind === 'cell') {
    return magic.name === 'timeit'
      ? timeitCell(found, magic, context)
      : [{ start, end, text: `${HIDDEN}.magics.timeCell();` }];
  }
  const { start: at, rest } = parseOptions(magic, source.slice(text, end));
  if (rest === '') throw new UsageError(`%${magic.name} needs a statement`, source, file, start, magic.usage);
  const code = { start: text + at, end: text + at + rest.length };
  return magic.name === 'timeit' ? timeitLine(found, code, context) : timeLine(found, code, context);
}

function captureCell({ start, end, text }: FoundMagic, magic: Magic, { source, file }: MagicContext): Edit[] {
  const name = source.slice(text, end).trim();
  if (name !== '' && !NAME.test(name)) {
    throw new UsageError(`%%capture ${name}: expected a name`, source, file, text, magic.usage);
  }
  const declared = name === '' ? '' : `const ${name} = `;
  return [{ start, end, text: `${declared}${HIDDEN}.magics.captureCell();` }];
}

interface Range {
  start: number;
  end: number;
}

function timeLine(found: FoundMagic, code: Range, context: MagicContext): Edit[] {
  const { start, end, assigned } = found;
  const { source, file, names } = context;
  const { start: from, end: to } = withoutSemicolon(source, code);
  const begin = `${HIDDEN}.magics.begin()`;
  const stop = `${HIDDEN}.magics.time`;
  if (source[from] === '!' && isShellCommand(source.slice(from + 1, to), names.known)) {
    const call = `${stop}(${begin}, await ${HIDDEN}.magics.shell(`;
    return callEdits({ ...found, kind: 'shell' }, context, call, { start: from + 1, end }, '))');
  }
  if (isExpression(source.slice(from, to))) {
    return [
      { start, end: from, text: `${stop}(${begin}, (` },
      { start: to, end, text: '));' },
    ];
  }
  if (assigned) throw new UsageError('%time gives the value of an expression only', source, file, from);
  return [
    { start, end: code.start, text: `${begin}; ` },
    { start: code.end, end, text: `; ${stop}();` },
  ];
}

/** Names in the generated loop that no cell has. */
const [COUNT, BEGAN, VALUE] = ['__descent_n', '__descent_t', '__descent_v'];
const NOW = `${HIDDEN}.magics.now()`;
const LOOP = `let ${VALUE}; const ${BEGAN} = ${NOW}; for (; ${COUNT} > 0; ${COUNT} -= 1) {`;
const LOOP_END = `} return [${NOW} - ${BEGAN}, ${VALUE}]; });`;

const timeitCall = (options: string, isAsync: boolean): string =>
  `${isAsync ? 'await ' : ''}${HIDDEN}.magics.timeit(${literal(options)}, ${isAsync ? 'async ' : ''}(${COUNT}) => {`;

/** An expression leaves its value, so that it is not optimized away. */
function timeitLine({ start, end, text }: FoundMagic, code: Range, { source }: MagicContext): Edit[] {
  const { start: from, end: to } = withoutSemicolon(source, code);
  const statement = source.slice(from, to);
  const call = `${timeitCall(source.slice(text, from), awaits(statement))} ${LOOP}`;
  const [before, after] = isExpression(statement) ? [`${VALUE} = (`, ');'] : ['', ';'];
  return [
    { start, end: from, text: `${call} ${before}` },
    { start: to, end, text: `${after} ${LOOP_END}` },
  ];
}

function timeitCell(found: FoundMagic, magic: Magic, { source, file }: MagicContext): Edit[] {
  const { start, end, text, body = source.length } = found;
  if (source.slice(body).trim() === '') {
    throw new UsageError('%%timeit needs statements below its first line', source, file, start, magic.usage);
  }
  const { start: at } = parseOptions(magic, source.slice(text, end));
  const setup = text + at;
  const call = timeitCall(
    source.slice(text, setup),
    awaits(source.slice(setup)) || mayHaveMagics(source.slice(body)),
  );
  return [
    { start, end: setup, text: `${call} ` },
    { start: end, end, text: `; ${LOOP}` },
    { start: source.length, end: source.length, text: `\n${LOOP_END}` },
  ];
}

/** Whether code waits outside its functions. */
function awaits(code: string): boolean {
  if (!code.includes('await')) return false;
  const { program } = parser().parseSync('magic.ts', code, { lang: 'ts', sourceType: 'module' });
  let found = false;
  walk(program, (node) => {
    found ||= node.type === 'AwaitExpression' || (node.type === 'ForOfStatement' && node.await);
    return !found && !isFunctionLike(node);
  });
  return found;
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
