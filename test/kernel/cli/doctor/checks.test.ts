import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { satisfies } from '../../../../kernel/cli/doctor/checks.ts';
import { formatFindings } from '../../../../kernel/cli/doctor/command.ts';
import { judgeVisibility, parsePaths } from '../../../../kernel/cli/doctor/jupyter.ts';
import {
  findKernelspecs,
  judgeFolders,
  judgeKernelspecs,
  type Self,
} from '../../../../kernel/cli/doctor/kernelspecs.ts';

const ROOT = join(import.meta.dirname, '../../../..');

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'descent-doctor-'));
});
afterEach(() => rmSync(root, { recursive: true }));

const self = (): Self => ({ root: ROOT, main: join(root, 'kernel', 'main.js'), command: 'descent' });

function spec(dir: string, name: string, argv: string[]): void {
  mkdirSync(join(root, dir, name), { recursive: true });
  writeFileSync(join(root, dir, name, 'kernel.json'), JSON.stringify({ argv, display_name: name }));
}

describe('kernelspecs', () => {
  it('says what to type when there is none of ours', async () => {
    spec('kernels', 'python3', [process.execPath, '-m', 'x']);
    const findings = judgeKernelspecs(
      await findKernelspecs([join(root, 'kernels'), '/nowhere'], self()),
      self(),
    );
    expect(findings.map(({ status, fix }) => [status, fix])).toEqual([
      ['ok', undefined],
      ['problem', 'descent install'],
    ]);
  });

  it('finds a kernelspec whose program is gone', async () => {
    const main = join(root, 'kernel', 'main.js');
    const kernels = join('share', 'jupyter', 'kernels');
    spec(kernels, 'mine', ['/old/node-v20/bin/node', main, 'kernel', '{connection_file}']);
    const [finding] = judgeKernelspecs(await findKernelspecs([join(root, kernels)], self()), self());
    expect(finding).toMatchObject({ status: 'problem', fix: `descent install --prefix ${root} --name mine` });
    expect(finding?.text).toContain('/old/node-v20/bin/node is missing');
  });

  it('says when Jupyter looks elsewhere', async () => {
    const main = join(root, 'kernel', 'main.js');
    mkdirSync(join(root, 'kernel'));
    writeFileSync(main, '');
    spec('kernels', 'descent', [process.execPath, main, 'kernel', '{connection_file}']);
    const found = await findKernelspecs([join(root, 'kernels')], self());
    expect(judgeVisibility(found, ['/else/share/jupyter/kernels'], 'descent')[0]).toMatchObject({
      status: 'problem',
      fix: 'descent install --prefix /else',
    });
    expect(judgeVisibility(found, [join(root, 'kernels')], 'descent')[0]).toMatchObject({ status: 'ok' });
  });

  it('names a broken folder of ours, and what writes it anew', async () => {
    mkdirSync(join(root, 'kernels', 'descent'), { recursive: true });
    writeFileSync(join(root, 'kernels', 'descent', 'kernel.json'), '{');
    const [finding] = judgeKernelspecs(await findKernelspecs([join(root, 'kernels')], self()), self());
    expect(finding?.status).toBe('problem');
    expect(finding?.text).toContain(
      `descent in ${join(root, 'kernels', 'descent')}: kernel.json is not JSON`,
    );
    expect(finding?.fix).toBe(`JUPYTER_DATA_DIR=${root} descent install`);
  });

  it.each([
    ['{"argv":[1,2],"display_name":3}', 'kernel.json has the argv [1,2]'],
    ['{"argv":["node"]}', 'kernel.json has the display_name undefined'],
    ['null', 'kernel.json has the argv undefined'],
  ])('notes that another kernel has the kernel.json %s', async (content, text) => {
    mkdirSync(join(root, 'kernels', 'other'), { recursive: true });
    writeFileSync(join(root, 'kernels', 'other', 'kernel.json'), content);
    const [finding] = judgeKernelspecs(await findKernelspecs([join(root, 'kernels')], self()), self());
    expect(finding).toMatchObject({ status: 'note', text: expect.stringContaining(text) });
  });

  it('goes on where kernels is a file', async () => {
    const dirs = [join(root, 'kernels')];
    writeFileSync(dirs[0]!, '');
    expect(await findKernelspecs(dirs, self())).toEqual([]);
    const fix = `mv ${dirs[0]} ${dirs[0]}.old`;
    expect(judgeFolders(dirs)).toEqual([expect.objectContaining({ status: 'problem', fix })]);
  });

  it('finds a Node that is not executable', async () => {
    const main = join(root, 'kernel', 'main.js');
    mkdirSync(join(root, 'kernel'));
    writeFileSync(main, '', { mode: 0o644 });
    spec('kernels', 'descent', [main, main, 'kernel', '{connection_file}']);
    const [finding] = judgeKernelspecs(await findKernelspecs([join(root, 'kernels')], self()), self());
    expect(finding?.text).toContain(`${main} is not executable`);
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
