import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  checkName,
  KernelspecError,
  makeKernelspec,
  removeKernelspec,
  writeKernelspec,
} from '../../../kernel/install/kernelspec.ts';

const LOGOS = join(import.meta.dirname, '../../../kernel/assets');
const ARGV = ['/usr/bin/node', '/opt/dist/kernel/main.js', 'kernel', '{connection_file}'];

let data: string;
beforeEach(() => {
  data = mkdtempSync(join(tmpdir(), 'descent-data-'));
});
afterEach(() => rmSync(data, { recursive: true }));

const write = (name: string, displayName = 'TypeScript (Descent)'): Promise<string> =>
  writeKernelspec(data, name, makeKernelspec(ARGV, displayName, { A: 'b' }), LOGOS);

describe('writeKernelspec', () => {
  it('writes what Jupyter reads, with the logos, and nothing beside it', async () => {
    const folder = await write('Descent');
    expect(folder).toBe(join(data, 'kernels', 'descent'));
    expect(readdirSync(folder).sort()).toEqual([
      'kernel.json',
      'logo-32x32.png',
      'logo-64x64.png',
      'logo-svg.svg',
    ]);
    expect(JSON.parse(readFileSync(join(folder, 'kernel.json'), 'utf8'))).toEqual({
      argv: ARGV,
      display_name: 'TypeScript (Descent)',
      language: 'typescript',
      interrupt_mode: 'message',
      env: { A: 'b' },
      metadata: { debugger: false, supported_encryption: ['curve'] },
    });
    expect(readdirSync(data)).toEqual(['kernels']);
  });

  it('replaces an earlier one whole', async () => {
    const folder = await write('descent');
    writeFileSync(join(folder, 'old.txt'), '');
    await write('descent', 'Second');
    expect(readdirSync(folder)).not.toContain('old.txt');
    expect(readFileSync(join(folder, 'kernel.json'), 'utf8')).toContain('Second');
    expect(readdirSync(data)).toEqual(['kernels']);
  });

  it('leaves the kernelspec of another kernel alone', async () => {
    const folder = join(data, 'kernels', 'python3');
    mkdirSync(folder, { recursive: true });
    const foreign = JSON.stringify({ argv: ['python3'], display_name: 'Python 3', language: 'python' });
    writeFileSync(join(folder, 'kernel.json'), foreign);
    await expect(write('python3')).rejects.toThrow('of another kernel (Python 3): not replaced');
    await expect(removeKernelspec(data, 'python3', LOGOS)).rejects.toThrow('not removed');
    expect(readFileSync(join(folder, 'kernel.json'), 'utf8')).toBe(foreign);
  });
});

describe('a folder of ours with a kernel.json that cannot be read', () => {
  it.each([
    ['descent', '{"argv": ['],
    ['mine', ''],
    ['mine', '{"argv":[1,2],"display_name":3}'],
  ])('is replaced and removed: %s with %j', async (name, content) => {
    const folder = await write(name);
    writeFileSync(join(folder, 'kernel.json'), content);
    await write(name, 'Whole');
    expect(readFileSync(join(folder, 'kernel.json'), 'utf8')).toContain('Whole');
    writeFileSync(join(folder, 'kernel.json'), content);
    expect(await removeKernelspec(data, name, LOGOS)).toBe(folder);
  });

  it('is not one that holds files of others', async () => {
    const folder = join(data, 'kernels', 'descent');
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, 'notes.txt'), '');
    await expect(write('descent')).rejects.toThrow('not a kernelspec of descent: not replaced');
    await expect(removeKernelspec(data, 'descent', LOGOS)).rejects.toThrow('not removed');
  });
});

describe('removeKernelspec', () => {
  it('removes what was written, once', async () => {
    await write('descent');
    await removeKernelspec(data, 'descent', LOGOS);
    expect(readdirSync(join(data, 'kernels'))).toEqual([]);
    await expect(removeKernelspec(data, 'descent', LOGOS)).rejects.toThrow('nothing to remove');
  });
});

describe('checkName', () => {
  it.each(['', '..', 'a/b', 'a b', 'ä'])('rejects %j', (name) => {
    expect(() => checkName(name)).toThrow(KernelspecError);
  });

  it('compares as Jupyter does', () => {
    expect(checkName('TS-5.9_x')).toBe('ts-5.9_x');
  });
});
