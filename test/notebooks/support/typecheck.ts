import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import type { Notebook } from '../../../kernel/notebook/notebook.ts';
import { preloads } from '../../../src/preload.ts';
import { codeCells, root } from './chapter.ts';

const tsc = join(dirname(createRequire(import.meta.url).resolve('typescript/package.json')), 'bin/tsc');

/** Declares the preloaded names as a cell finds them. */
function preloadImports(): string {
  const imports = Object.entries(preloads).map(([name, { module, export: exported }]) => {
    const path = `../../src/${module}/index.ts`;
    return exported === undefined
      ? `import * as ${name} from '${path}';`
      : `import { ${exported === name ? name : `${exported} as ${name}`} } from '${path}';`;
  });
  return imports.join(' ');
}

/**
 * Checks the types of a chapter as one program, under the compiler options of the toolkit's own sources.
 * The cells share one scope there, so a chapter must not declare a name twice.
 *
 * @returns the compiler's messages, each with the cell's id and line; empty when there are none
 */
export async function typeErrors(notebook: Notebook): Promise<string[]> {
  mkdirSync(join(root, '.cache'), { recursive: true });
  const folder = mkdtempSync(join(root, '.cache/chapter-'));
  const places: string[] = ['preloaded names'];
  const lines = [preloadImports()];
  for (const { id = '', source } of codeCells(notebook)) {
    for (const [index, line] of source.split('\n').entries()) {
      lines.push(line);
      places.push(`${id}:${index + 1}`);
    }
  }
  try {
    writeFileSync(join(folder, 'chapter.ts'), lines.join('\n'));
    const compilerOptions = { declaration: false, isolatedDeclarations: false };
    const config = { extends: '../../tsconfig.json', compilerOptions, include: ['chapter.ts'] };
    writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify(config));
    await promisify(execFile)(process.execPath, [tsc, '-p', folder, '--pretty', 'false']);
    return [];
  } catch (error) {
    const { stdout } = error as { stdout?: string };
    if (!stdout) throw error;
    return stdout
      .trim()
      .split('\n')
      .map((line) =>
        line.replace(/^.*?chapter\.ts\((\d+),(\d+)\)/, (_, row) => places[Number(row) - 1] ?? ''),
      );
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
