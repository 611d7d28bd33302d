import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** This package as it is installed. */
export interface Program {
  root: string;
  version: string;
  /** The built entry point, the one that `bin` names. */
  main: string;
}

const PACKAGE = 'descent-kernel';
let found: Program | undefined;

/** Finds the package that this module belongs to; bundling moves modules, so it looks upwards. */
export function program(): Program {
  found ??= search(dirname(fileURLToPath(import.meta.url)));
  return found;
}

function search(start: string): Program {
  for (let folder = start; ; folder = dirname(folder)) {
    const manifest = join(folder, 'package.json');
    if (existsSync(manifest)) {
      const fields = JSON.parse(readFileSync(manifest, 'utf8')) as Record<string, unknown>;
      if (fields.name === PACKAGE) {
        const main = join(folder, 'dist', 'kernel', 'main.js');
        return { root: folder, version: String(fields.version), main };
      }
    }
    if (folder === dirname(folder)) throw new Error(`no package.json of ${PACKAGE} above ${start}`);
  }
}

/** The command that starts this program's own kernel; `{connection_file}` is to be filled in. */
export function kernelArgv(node: string = process.execPath): string[] {
  return [node, program().main, 'kernel', '{connection_file}'];
}
