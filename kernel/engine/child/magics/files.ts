import { appendFileSync, existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { pathOf } from './paths.ts';
import { UsageError } from './usage.ts';

/** More than a cell should hold. */
const MAX_LOADED = 1 << 20;

/** `%%writefile`: gives what was done. */
export function writeCell(file: string, body: string, isAppended: boolean): string {
  if (file === '') throw new UsageError('%%writefile needs a file: %%writefile [-a] <file>');
  const path = pathOf(file);
  const folder = dirname(resolve(path));
  if (!existsSync(folder)) throw new UsageError(`%%writefile ${file}: there is no folder ${folder}`);
  const text = body === '' || body.endsWith('\n') ? body : `${body}\n`;
  const isThere = existsSync(path);
  if (isAppended) appendFileSync(path, text);
  else writeFileSync(path, text);
  return `${isAppended ? 'Appending to' : isThere ? 'Overwriting' : 'Writing'} ${file}`;
}

/** `%load`: the text of a file, or of some of its lines, for the next cell. */
export function loadedText(file: string, lines: string | undefined): string {
  if (file === '') throw new UsageError('%load needs a file: %load [-r first-last] <file>');
  const path = pathOf(file);
  const stats = statSync(path, { throwIfNoEntry: false });
  if (!stats?.isFile()) throw new UsageError(`%load ${file}: there is no such file`);
  if (stats.size > MAX_LOADED) {
    throw new UsageError(`%load ${file}: it has ${stats.size} bytes; at most ${MAX_LOADED} can be loaded`);
  }
  const text = readFileSync(path, 'utf8').replace(/^\uFEFF/, '');
  const option = lines === undefined ? '' : `-r ${lines} `;
  return `// %load ${option}${file}\n${lines === undefined ? text : someLines(text, lines)}`;
}

function someLines(text: string, written: string): string {
  const range = /^(\d+)(?:[-:](\d+))?$/.exec(written);
  if (!range) throw new UsageError(`%load -r ${written}: expected the numbers of lines, such as 5-10`);
  const first = Number(range[1]);
  return text
    .split('\n')
    .slice(Math.max(0, first - 1), Number(range[2] ?? first))
    .join('\n');
}
