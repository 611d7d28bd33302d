import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Program } from '../../client/program.ts';

interface Manifest {
  engines?: { node?: string };
  dependencies?: Record<string, string>;
}

/** The program's own package.json. */
export function manifest({ root }: Pick<Program, 'root'>): Manifest {
  return JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as Manifest;
}
