import { describe, expect, it } from 'vitest';
import { reasonOf } from '../../../kernel/notebook/reason.ts';

const failed = (code: string, message: string): Error => Object.assign(new Error(message), { code });

describe('reasonOf', () => {
  it.each([
    [failed('EACCES', "EACCES: permission denied, open '/a/.tmp'"), 'permission denied'],
    [failed('EROFS', "EROFS: read-only file system, open '/a/.tmp'"), 'read-only file system'],
    [failed('ENOSPC', 'ENOSPC: no space left on device, write'), 'no space left on device'],
    [new Error('it is a folder'), 'it is a folder'],
    ['text', 'text'],
  ])('says why, without names of ours: %s', (cause, reason) => {
    expect(reasonOf(cause)).toBe(reason);
  });
});
