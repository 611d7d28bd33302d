import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { root } from './support/chapter.ts';

const run = promisify(execFile);

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'descent-site-test-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const site = (...notebooks: string[]): Promise<{ stdout: string; stderr: string }> =>
  run(process.execPath, [join(root, '.config/site.mjs'), ...notebooks], {
    cwd: root,
    env: { ...process.env, SITE: folder },
    timeout: 280_000,
  });

const read = (name: string): string => readFileSync(join(folder, name), 'utf8');

it('writes the pages, each with its neighbours, and an index', { timeout: 300_000 }, async () => {
  const fixtures = ['charts', 'language'].map((name) => `test/frontends/fixtures/${name}.ipynb`);
  const { stdout } = await site(...fixtures);
  expect(stdout).toContain('2 chapters and index.html');
  for (const page of ['charts.html', 'language.html']) expect(read('index.html')).toContain(`href="${page}"`);
  expect(read('charts.html')).toMatch(
    /rel="next"[^>]*href="language.html"|href="language.html"[^>]*rel="next"/,
  );
  expect(read('language.html')).toMatch(
    /rel="prev"[^>]*href="charts.html"|href="charts.html"[^>]*rel="prev"/,
  );
  expect(read('language.html')).toContain('href="index.html"');
});

it('writes nothing where a notebook fails', { timeout: 120_000 }, async () => {
  await expect(site('test/frontends/fixtures/none.ipynb')).rejects.toThrow();
  expect(existsSync(join(folder, 'index.html'))).toBe(false);
});
