import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Job } from '../../../../kernel/cli/run/plan.ts';
import {
  findResults,
  prepareResults,
  resultPaths,
  writeResults,
} from '../../../../kernel/cli/run/results.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'descent-results-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const at = (...names: string[]): string => join(folder, ...names);

function job(name: string, outputDir?: string): Job {
  const path = at(name);
  writeFileSync(path, '');
  const notebook = { nbformat: 4 as const, nbformat_minor: 5, metadata: {}, cells: [] };
  return { name, path, notebook, ...resultPaths(path, outputDir) };
}

describe('findResults', () => {
  it('finds those whose notebook is given as well', () => {
    const names = ['a.ipynb', 'a.executed.ipynb', 'b.executed.ipynb', './a.executed.executed.ipynb'];
    expect([...findResults(names, {})]).toEqual([
      ['a.executed.ipynb', 'a.ipynb'],
      ['./a.executed.executed.ipynb', 'a.executed.ipynb'],
    ]);
  });

  it('knows the output folder and the notebook’s own', () => {
    const names = ['a.ipynb', 'out/a.executed.ipynb', 'a.executed.ipynb', 'other/a.executed.ipynb'];
    expect([...findResults(names, { outputDir: 'out' }).keys()]).toEqual([
      'out/a.executed.ipynb',
      'a.executed.ipynb',
    ]);
  });
});

describe('prepareResults', () => {
  it('refuses results that would meet', async () => {
    const a = job('a.ipynb');
    await expect(prepareResults([a, a], undefined)).rejects.toThrow(
      /^a\.ipynb and a\.ipynb cannot be run together: both write .*a\.executed\.ipynb$/,
    );
    await expect(prepareResults([job('a.executed.ipynb'), a], undefined)).rejects.toThrow(
      /^a\.ipynb cannot be run: its result .*a\.executed\.ipynb would replace a\.executed\.ipynb$/,
    );
  });

  it.skipIf(process.platform === 'win32')('sees through links', async () => {
    const a = job('a.ipynb');
    symlinkSync('a.ipynb', at('a.executed.ipynb'));
    await expect(prepareResults([a], undefined)).rejects.toThrow(
      /^a\.ipynb cannot be run: its result .*a\.executed\.ipynb would replace a\.ipynb$/,
    );
    mkdirSync(at('real'));
    symlinkSync('real', at('linked'));
    const jobs = [job('real/b.ipynb'), job('linked/b.ipynb')];
    await expect(prepareResults(jobs, undefined)).rejects.toThrow(
      'real/b.ipynb and linked/b.ipynb cannot be run together',
    );
  });

  it('makes the output folder, and says when that cannot be', async () => {
    await prepareResults([job('a.ipynb', at('deep', 'out'))], at('deep', 'out'));
    expect(readdirSync(at('deep', 'out'))).toEqual([]);
    await expect(prepareResults([], at('a.ipynb', 'out'))).rejects.toThrow(
      /^--output-dir .*out cannot be made: .*a\.ipynb is not a folder$/,
    );
    if (!existsSync('/proc/self')) return;
    await expect(prepareResults([], '/proc/x/y')).rejects.toThrow(
      '--output-dir /proc/x/y cannot be made: no such file or folder',
    );
  });

  it('says what cannot be written', async () => {
    mkdirSync(at('a.html'));
    await expect(prepareResults([job('a.ipynb')], undefined)).rejects.toThrow(
      /^\S*a\.html cannot be written: it is a folder$/,
    );
    if (!existsSync('/proc/self')) return;
    await expect(prepareResults([job('b.ipynb', '/proc')], '/proc')).rejects.toThrow(
      /^\S*b\.executed\.ipynb cannot be written: no such file or folder$/,
    );
  });
});

describe('writeResults', () => {
  it('says what could not be written in the same words', async () => {
    const a = job('a.ipynb');
    mkdirSync(at('a.html'));
    await expect(writeResults(a, [a])).rejects.toThrow(/^\S*a\.html cannot be written: it is a folder$/);
  });
});
