import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, describe, expect, it, vi } from 'vitest';
import { checkProgram } from '../../../../kernel/cli/doctor/checks.ts';
import { checkFrontEnds } from '../../../../kernel/cli/doctor/jupyter.ts';
import { checkPackages, checkZeromq } from '../../../../kernel/cli/doctor/packages.ts';

const root = mkdtempSync(join(tmpdir(), 'descent-packages-'));
const program = { root, version: '1', main: join(root, 'dist', 'kernel', 'main.js') };
const fix = `reinstall descent-kernel in ${root}`;
afterEach(() => vi.unstubAllEnvs());
afterAll(() => rmSync(root, { recursive: true }));

describe('a damaged package', () => {
  it('lacks zeromq: the line that names the error is the reason', async () => {
    const [finding] = await checkZeromq(program);
    expect(finding).toMatchObject({ status: 'problem', fix });
    expect(finding?.text).toContain("Cannot find package 'zeromq'");
  });

  it('lacks other packages', async () => {
    writeFileSync(join(root, 'package.json'), '{ "dependencies": { "vega": "6", "dejavu-fonts-ttf": "2" } }');
    const findings = await checkPackages(program);
    expect(findings.map(({ status, text }) => [status, text.split(':')[0]])).toEqual([
      ['problem', expect.stringContaining('vega does not load')],
      ['problem', expect.stringContaining('dejavu-fonts-ttf does not load')],
    ]);
  });

  it('lacks built files', () => {
    const texts = checkProgram(program).map(({ text }) => text);
    expect(texts).toContain(`${program.main} is missing`);
    expect(texts).toContain(`${join(root, 'dist', 'src', 'index.js')} is missing`);
  });
});

describe('a jupyter that fails', () => {
  it.skipIf(process.platform === 'win32')('is a problem', async () => {
    const bin = join(root, 'bin');
    mkdirSync(bin);
    writeFileSync(join(bin, 'jupyter'), '#!/bin/sh\necho broken >&2\nexit 1\n', { mode: 0o755 });
    vi.stubEnv('PATH', bin);
    expect(await checkFrontEnds()).toEqual([
      expect.objectContaining({ status: 'problem', text: `${join(bin, 'jupyter')} does not run: broken` }),
    ]);
  });
});
