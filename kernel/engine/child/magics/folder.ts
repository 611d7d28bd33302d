import { homedir } from 'node:os';
import { pathOf } from './paths.ts';
import { UsageError } from './usage.ts';

let before: string | undefined;

/** `%cd`: goes to a folder and gives its path. */
export function changeFolder(text: string): string {
  const here = process.cwd();
  let target = text === '' ? homedir() : pathOf(text);
  if (target === '-') {
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
