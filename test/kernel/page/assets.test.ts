import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findAsset } from '../../../kernel/page/assets.ts';

let root: string;
let base: string;
beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'assets-'));
  base = join(root, 'book');
  mkdirSync(join(base, 'sub dir'), { recursive: true });
  writeFileSync(join(root, 'secret.png'), 'secret');
  mkdirSync(join(root, 'book-other'));
  writeFileSync(join(root, 'book-other', 'a.png'), 'other');
  writeFileSync(join(base, 'sub dir', 'a.jpg'), 'jpeg');
  writeFileSync(join(base, 'a.svg'), '<svg/>');
  writeFileSync(join(base, '100%.png'), 'percent');
  mkdirSync(join(base, 'folder.png'));
  symlinkSync(join(root, 'secret.png'), join(base, 'link.png'));
});
afterAll(() => rmSync(root, { recursive: true }));

describe('findAsset', () => {
  it('inlines files below the folder', () => {
    expect(findAsset('sub%20dir/a.jpg?v=1#x', base)).toEqual({
      kind: 'inline',
      uri: `data:image/jpeg;base64,${Buffer.from('jpeg').toString('base64')}`,
      transparent: false,
    });
    expect(findAsset('./sub dir/../a.svg', base)).toMatchObject({ kind: 'inline', transparent: true });
    expect(findAsset('100%.png', base)).toMatchObject({ kind: 'inline' });
  });

  it.each([
    '../secret.png',
    'sub dir/../../secret.png',
    '..%2Fsecret.png',
    '../book-other/a.png',
    'link.png',
  ])('refuses %s, which is outside of it', (path) => {
    expect(findAsset(path, base)).toEqual({ kind: 'missing', reason: 'outside the folder of the notebook' });
  });

  it('refuses absolute paths outside of it, folders, and everything without a folder', () => {
    expect(findAsset(join(root, 'secret.png'), base).kind).toBe('missing');
    expect(findAsset('folder.png', base)).toEqual({ kind: 'missing', reason: 'not found' });
    expect(findAsset('a.svg', undefined).kind).toBe('missing');
    expect(findAsset('a\u0000.svg', base)).toEqual({ kind: 'missing', reason: 'not found' });
  });
});
