import { homedir } from 'node:os';
import { resolve } from 'node:path';
import { UsageError } from './usage.ts';

let before: string | undefined;

/** `%cd`: goes to a folder and gives its path. */
export function changeFolder(text: string): string {
  const here = process.cwd();
  let target = text.replace(/^(["'])(.*)\1$/, '$2');
  if (target === '' || target === '~') target = homedir();
  else if (target.startsWith('~/')) target = resolve(homedir(), target.slice(2));
  else if (target === '-') {
    if (before === undefined) throw new UsageError('%cd -: there is no folder before this one');
    target = before;
  }
  try {
    process.chdir(target);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    const reason = code === 'ENOENT' ? 'there is no such folder' : code === 'ENOTDIR' ? 'it is a file' : code;
    throw new UsageError(`%cd ${target}: ${reason} (from ${here})`);
  }
  before = here;
  return process.cwd();
}
