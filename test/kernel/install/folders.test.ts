import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { makeFolder } from '../../../kernel/install/folders.ts';

const root = mkdtempSync(join(tmpdir(), 'descent-folders-'));
afterAll(() => rmSync(root, { recursive: true }));

describe('makeFolder', () => {
  it('makes what is missing, and takes what is there', () => {
    makeFolder(join(root, 'a', 'b', 'c'));
    makeFolder(join(root, 'a', 'b', 'c'));
    expect(existsSync(join(root, 'a', 'b', 'c'))).toBe(true);
  });

  it('refuses a file, and to go below one', () => {
    const file = join(root, 'file');
    writeFileSync(file, '');
    expect(() => makeFolder(file)).toThrow(`${file} is not a folder`);
    expect(() => makeFolder(join(file, 'a'))).toThrow(`${file} is not a folder`);
  });

  it.skipIf(!existsSync('/proc/self'))('ends where no folder can be made', () => {
    expect(() => makeFolder('/proc/x/y')).toThrow('ENOENT');
  });
});
