import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { plan } from '../../../../kernel/cli/run/plan.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'descent-plan-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

function book(name: string, metadata: Record<string, unknown> = {}): string {
  const path = join(folder, name);
  writeFileSync(path, JSON.stringify({ nbformat: 4, nbformat_minor: 5, metadata, cells: [] }));
  return path;
}

describe('plan', () => {
  it('writes both results beside the notebook, never over it', async () => {
    const [job] = await plan([book('a.ipynb')], {});
    expect(job).toMatchObject({ ipynb: join(folder, 'a.executed.ipynb'), html: join(folder, 'a.html') });
  });

  it('writes the one asked for, where it is asked for', async () => {
    const outputDir = join(folder, 'deep', 'out');
    const [job] = await plan([book('a.ipynb')], { html: true, outputDir });
    expect(job?.html).toBe(join(outputDir, 'a.html'));
    expect(job?.ipynb).toBeUndefined();
    expect(readdirSync(outputDir)).toEqual([]);
  });

  it.each([
    [{}],
    [{ kernelspec: { name: 'tslab', language: 'typescript', display_name: 'x' } }],
    [{ kernelspec: { name: 'deno', display_name: 'Deno' } }],
    [{ language_info: { name: 'JavaScript' } }],
  ])('accepts the metadata %j', async (metadata) => {
    expect(await plan([book('a.ipynb', metadata)], {})).toHaveLength(1);
  });

  it.each([
    [{ kernelspec: { name: 'python3', language: 'python' } }, 'language is "python" (kernel "python3")'],
    [{ language_info: { name: 'julia' } }, 'language is "julia", expected typescript or javascript'],
    [{ kernelspec: { name: 'ir' } }, 'for the kernel "ir"'],
  ])('refuses the metadata %j', async (metadata, message) => {
    await expect(plan([book('a.ipynb', metadata)], {})).rejects.toThrow(message);
  });
});
