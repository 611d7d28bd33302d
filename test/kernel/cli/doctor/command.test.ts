import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { program } from '../../../../kernel/client/program.ts';
import { descent } from '../program.ts';

describe('descent doctor', () => {
  it('finds a missing installation, and nothing once it is there', async () => {
    const home = mkdtempSync(join(tmpdir(), 'descent-home-'));
    // Without Python and Jupyter: what they know depends on the machine.
    const env = {
      HOME: home,
      XDG_DATA_HOME: home,
      JUPYTER_DATA_DIR: join(home, 'jupyter'),
      VIRTUAL_ENV: home,
      PATH: join(home, 'bin'),
    };
    try {
      const before = await descent(['doctor', '--json'], { env });
      expect(before.code).toBe(1);
      const report = JSON.parse(before.stdout) as { healthy: boolean; findings: Record<string, string>[] };
      expect(report.healthy).toBe(false);
      expect(report.findings.filter(({ status }) => status === 'problem')).toEqual([
        expect.objectContaining({
          topic: 'Kernelspec',
          fix: `${process.execPath} ${program().main} install`,
        }),
      ]);
      await descent(['install'], { env });
      const after = await descent(['doctor'], { env });
      expect(after.stdout).toMatch(/✓ Kernel {6}ready in \d+ ms, first cell in \d+ ms/);
      expect(after.stdout).toContain('No problem found.');
      expect(after.code).toBe(0);
    } finally {
      rmSync(home, { recursive: true });
    }
  });

  it('tells which back end a notebook in this folder has, and what did not start', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'descent-doctor-'));
    const entry = join(folder, 'node_modules/@tensorflow/tfjs-node/dist/index.js');
    mkdirSync(dirname(entry), { recursive: true });
    // As the package does without its addon.
    writeFileSync(entry, "throw new Error('The Node.js native addon module can not be found');");
    try {
      const env = { XDG_DATA_HOME: folder };
      const { stdout } = await descent(['doctor', '--json'], { cwd: folder, env });
      const { findings } = JSON.parse(stdout) as { findings: Record<string, string>[] };
      expect(findings.filter(({ topic }) => topic === 'Back end')).toEqual([
        {
          topic: 'Back end',
          status: 'ok',
          text: 'wasm: tfjs-backend-wasm 4.22.0 on cpu; the fastest back end without a native library',
        },
        {
          topic: 'Back end',
          status: 'problem',
          text:
            `tensorflow did not start: @tensorflow/tfjs-node in ${entry} does not load: The Node.js native addon ` +
            'module can not be found; remove it (npm uninstall @tensorflow/tfjs-node), or see ' +
            '`descent tensorflow install`',
        },
      ]);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
