import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { program } from '../../kernel/client/program.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'descent-main-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

describe('the entry point', () => {
  it('says in one line that a package is missing', () => {
    cpSync(dirname(program().main), folder, { recursive: true });
    const { status, stdout, stderr } = spawnSync(process.execPath, [join(folder, 'main.js'), '--help'], {
      ...{ cwd: folder, encoding: 'utf8', timeout: 30_000 },
    });
    expect(stderr).toMatch(/^descent: [^\n]*package 'commander'[^\n]*\n$/);
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
  });
});
