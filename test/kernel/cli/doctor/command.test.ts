import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { program } from '../../../../kernel/client/program.ts';
import { descent } from '../program.ts';

describe('descent doctor', () => {
  it('finds a missing installation, and nothing once it is there', async () => {
    const home = mkdtempSync(join(tmpdir(), 'descent-home-'));
    // Without Python and Jupyter: what they know depends on the machine.
    const env = {
      HOME: home,
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
});
