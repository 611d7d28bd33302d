import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { satisfies } from '../../../../kernel/cli/doctor/checks.ts';
import { formatFindings } from '../../../../kernel/cli/doctor/command.ts';
import { judgeVisibility, parsePaths } from '../../../../kernel/cli/doctor/jupyter.ts';
import { findKernelspecs, judgeKernelspecs } from '../../../../kernel/cli/doctor/kernelspecs.ts';

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'descent-doctor-'));
});
afterEach(() => rmSync(root, { recursive: true }));

function spec(dir: string, name: string, argv: string[]): void {
  mkdirSync(join(root, dir, name), { recursive: true });
  writeFileSync(join(root, dir, name, 'kernel.json'), JSON.stringify({ argv, display_name: name }));
}

describe('kernelspecs', () => {
  it('says what to type when there is none of ours', async () => {
    spec('kernels', 'python3', [process.execPath, '-m', 'x']);
    const findings = judgeKernelspecs(await findKernelspecs([join(root, 'kernels'), '/nowhere']), '/main.js');
    expect(findings.map(({ status, fix }) => [status, fix])).toEqual([
      ['ok', undefined],
      ['problem', 'descent install'],
    ]);
  });

  it('finds a kernelspec whose program is gone', async () => {
    const main = join(root, 'kernel', 'main.js');
    const kernels = join('share', 'jupyter', 'kernels');
    spec(kernels, 'mine', ['/old/node-v20/bin/node', main, 'kernel', '{connection_file}']);
    const [finding] = judgeKernelspecs(await findKernelspecs([join(root, kernels)]), main);
    expect(finding).toMatchObject({ status: 'problem', fix: `descent install --prefix ${root} --name mine` });
    expect(finding?.text).toContain('/old/node-v20/bin/node is missing');
  });

  it('says when Jupyter looks elsewhere', async () => {
    const main = join(root, 'kernel', 'main.js');
    mkdirSync(join(root, 'kernel'));
    writeFileSync(main, '');
    spec('kernels', 'descent', [process.execPath, main, 'kernel', '{connection_file}']);
    const found = await findKernelspecs([join(root, 'kernels')]);
    expect(judgeVisibility(found, ['/elsewhere'])[0]).toMatchObject({ status: 'problem' });
    expect(judgeVisibility(found, [join(root, 'kernels')])[0]).toMatchObject({ status: 'ok' });
  });
});

describe('doctor', () => {
  it.each([
    ['v20.19.0', true],
    ['v20.18.3', false],
    ['v21.7.0', false],
    ['v22.12.0', true],
    ['v24.1.0', true],
  ])('judges Node %s: %s', (version, expected) => {
    expect(satisfies(version, '^20.19.0 || >=22.12.0')).toBe(expected);
  });

  it('reads what jupyter --paths says, if anything', () => {
    expect(parsePaths({ ok: true, stdout: '{"data":["/a"]}' })).toEqual([join('/a', 'kernels')]);
    expect(parsePaths({ ok: true, stdout: 'no' })).toEqual([]);
    expect(parsePaths({ ok: false, stdout: '' })).toEqual([]);
  });

  it('writes a line a finding, and below it what to type', () => {
    const text = formatFindings([
      { topic: 'Node', status: 'ok', text: 'v20' },
      { topic: 'Kernel', status: 'problem', text: 'bad', fix: 'do this' },
    ]);
    expect(text).toBe('✓ Node    v20\n✗ Kernel  bad\n          → do this\n\n1 problem found.\n');
  });
});
