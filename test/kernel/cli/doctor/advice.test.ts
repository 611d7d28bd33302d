import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { installCommand, quote, rebuild, repair } from '../../../../kernel/cli/doctor/advice.ts';

const folder = mkdtempSync(join(tmpdir(), 'descent advice '));
afterAll(() => rmSync(folder, { recursive: true }));

describe('quote', () => {
  it('quotes what a shell would split or read as something else', () => {
    expect(quote('/a/b-1.2', 'linux')).toBe('/a/b-1.2');
    expect(quote("/it's here", 'linux')).toBe("'/it'\\''s here'");
    expect(quote('C:\\Program Files\\x', 'win32')).toBe('"C:\\Program Files\\x"');
  });
});

describe('repair', () => {
  const root = join(folder, 'node_modules', 'descent-kernel');

  it('names the folder where the package is', () => {
    mkdirSync(root, { recursive: true });
    expect(repair({ root })).toBe(`reinstall descent-kernel in ${folder}`);
    expect(rebuild({ root })).toBe(repair({ root }));
  });

  it('installs anew what a lock file records', () => {
    writeFileSync(join(folder, 'package-lock.json'), '{}');
    expect(repair({ root })).toBe(`npm ci --prefix '${folder}'`);
  });

  it('builds a clone', () => {
    const clone = join(import.meta.dirname, '../../../..');
    expect(rebuild({ root: clone })).toBe(`npm run build --prefix ${quote(clone)}`);
  });
});

describe('installCommand', () => {
  const where = { platform: 'linux', env: {}, home: '/home/ada' } as const;

  it.each([
    ['/home/ada/.local/share/jupyter/kernels/descent', 'descent install'],
    ['/opt/my env/share/jupyter/kernels/ts', "descent install --prefix '/opt/my env' --name ts"],
    ['/srv/data/kernels/descent', 'JUPYTER_DATA_DIR=/srv/data descent install'],
  ])('writes %s anew', (path, command) => expect(installCommand('descent', path, where)).toBe(command));
});
