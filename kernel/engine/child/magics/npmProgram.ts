import { existsSync, realpathSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';

/** How npm is started: a program and what comes before npm's own arguments. */
export interface NpmProgram {
  program: string;
  args: readonly string[];
}

const CLI = join('node_modules', 'npm', 'bin', 'npm-cli.js');

/** The npm that belongs to the Node that runs, or else the first on PATH. */
export function findNpm(
  node: string = process.execPath,
  path: string = process.env.PATH ?? '',
): NpmProgram | undefined {
  const folder = dirname(realpathSync(node));
  const own = [join(folder, CLI), join(folder, '..', 'lib', CLI)].find((file) => existsSync(file));
  if (own !== undefined) return { program: node, args: [own] };
  for (const each of path.split(delimiter)) {
    if (each === '') continue;
    // What Windows has on PATH is a script of its shell.
    const script = join(each, process.platform === 'win32' ? CLI : 'npm');
    if (existsSync(script)) {
      return process.platform === 'win32' ? { program: node, args: [script] } : { program: script, args: [] };
    }
  }
  return undefined;
}

/** The words of a line, which quotes hold together: what a shell would make of it, without its other meanings. */
export function wordsOf(text: string): string[] {
  const words = text.match(/(?:[^\s"']|"[^"]*"|'[^']*'|["'])+/g) ?? [];
  return words.map((word) =>
    word.replace(/"([^"]*)"|'([^']*)'/g, (_, double = '', single = '') => double + single),
  );
}
