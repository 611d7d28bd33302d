import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Notebook, type Output, readNotebook } from '../../../../kernel/notebook/notebook.ts';
import { descent } from '../program.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'descent-run-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

type CellSpec = string | { source: string; tags: string[]; outputs?: Output[] };

function book(name: string, ...cells: CellSpec[]): string {
  const full = cells.map((cell) => {
    const { source, tags, outputs = [] } = typeof cell === 'string' ? { source: cell, tags: [] } : cell;
    return { cell_type: 'code', metadata: { tags }, source, execution_count: null, outputs };
  });
  const kernelspec = { name: 'descent', display_name: 'TypeScript (Descent)', language: 'typescript' };
  const content = { nbformat: 4, nbformat_minor: 5, metadata: { kernelspec }, cells: full };
  writeFileSync(join(folder, name), JSON.stringify(content));
  return name;
}

const run = (...args: string[]): ReturnType<typeof descent> => descent(['run', ...args], { cwd: folder });
const result = (name: string): Promise<Notebook> => readNotebook(join(folder, name));
const outputs = (notebook: Notebook): Output[][] =>
  notebook.cells.map((cell) => (cell.cell_type === 'code' ? cell.outputs : []));

describe('descent run', () => {
  it('writes the executed notebook and the page, and leaves the notebook alone', async () => {
    book('a.ipynb', 'const x: number = 2', 'console.log(process.cwd()); x ** 10');
    const before = readFileSync(join(folder, 'a.ipynb'), 'utf8');
    const { code, stdout, stderr } = await run('a.ipynb');
    expect(stderr).toContain('a.ipynb: cell 2/2 ok');
    expect(stderr).toContain('wrote a.executed.ipynb, a.html');
    expect({ code, stdout }).toEqual({ code: 0, stdout: '' });
    expect(readFileSync(join(folder, 'a.ipynb'), 'utf8')).toBe(before);
    const notebook = await result('a.executed.ipynb');
    expect(notebook.metadata.language_info).toMatchObject({ name: 'typescript' });
    expect(notebook.cells[1]).toMatchObject({ execution_count: 2 });
    expect(Object.keys(notebook.cells[1]?.metadata.execution ?? {})).toContain('iopub.execute_input');
    expect(outputs(notebook)[1]).toMatchObject([
      { output_type: 'stream', text: expect.stringMatching(/descent-run-\w+\n$/) },
      { output_type: 'execute_result', data: { 'text/plain': '1024' } },
    ]);
    expect(readFileSync(join(folder, 'a.html'), 'utf8')).toContain('1024');
  });

  it('names the cell that fails, exits with 1 and writes what was reached', async () => {
    const stale: Output[] = [{ output_type: 'stream', name: 'stdout', text: 'stale' }];
    book('bad.ipynb', '1', 'null!.x', { source: '3', tags: [], outputs: stale });
    book('good.ipynb', '1');
    const { code, stderr } = await run('bad.ipynb', 'good.ipynb', '--output-dir', 'out', '--ipynb');
    expect(code).toBe(1);
    expect(stderr).toMatch(/^descent: bad\.ipynb: cell 2 of 3 failed: TypeError: [^\n]+$/m);
    expect(readdirSync(join(folder, 'out')).sort()).toEqual(['bad.executed.ipynb', 'good.executed.ipynb']);
    expect(outputs(await result('out/bad.executed.ipynb'))).toMatchObject([
      [{ output_type: 'execute_result' }],
      [{ output_type: 'error', ename: 'TypeError' }],
      [],
    ]);
  });

  it('goes on after errors that are allowed, and skips what is to be skipped', async () => {
    const kept: Output[] = [{ output_type: 'stream', name: 'stdout', text: 'kept' }];
    book(
      'a.ipynb',
      { source: 'throw new Error("x")', tags: ['raises-exception'] },
      { source: 'throw 1', tags: ['skip-execution'], outputs: kept },
      '3',
    );
    expect((await run('a.ipynb', '--ipynb')).code).toBe(0);
    expect(outputs(await result('a.executed.ipynb'))).toMatchObject([[{ output_type: 'error' }], kept, [{}]]);
    book('b.ipynb', 'process.exit(3)', '2');
    expect((await run('b.ipynb', '--ipynb', '--allow-errors')).code).toBe(0);
    expect(outputs(await result('b.executed.ipynb'))[1]?.at(-1)).toMatchObject({
      data: { 'text/plain': '2' },
    });
  });

  it('injects parameters', async () => {
    book('a.ipynb', { source: 'let n = 1, who = ""', tags: ['parameters'] }, 'who.repeat(n)');
    expect((await run('--ipynb', '--parameters', 'n=3', 'who=ab', 'a.ipynb')).code).toBe(0);
    const notebook = await result('a.executed.ipynb');
    expect(notebook.cells[1]?.metadata.tags).toEqual(['injected-parameters']);
    expect(outputs(notebook)[2]).toMatchObject([{ data: { 'text/plain': "'ababab'" } }]);
  });

  it('ends a cell at its timeout', async () => {
    book('a.ipynb', 'await new Promise((r) => setTimeout(r, 60_000))', '2');
    const { code, stderr } = await run('a.ipynb', '--timeout', '0.5', '--ipynb');
    expect(code).toBe(1);
    expect(stderr).toContain('cell 1 of 2 failed: the cell did not end within 0.5 s');
  });

  it('writes nothing when one of the notebooks cannot be run', async () => {
    book('a.ipynb', '1');
    writeFileSync(
      join(folder, 'old.ipynb'),
      '{"nbformat":3,"nbformat_minor":0,"metadata":{},"worksheets":[]}',
    );
    const { code, stderr } = await run('a.ipynb', 'old.ipynb');
    expect({ code, lines: stderr.trim().split('\n').length }).toEqual({ code: 2, lines: 1 });
    expect(stderr).toContain('old.ipynb: nbformat 3');
    expect(readdirSync(folder).sort()).toEqual(['a.ipynb', 'old.ipynb']);
  });

  it('leaves an existing result whole when it cannot be replaced', async () => {
    book('a.ipynb', '1');
    mkdirSync(join(folder, 'a.html'));
    const { code, stderr } = await run('a.ipynb', '--html');
    expect(code).toBe(1);
    expect(stderr).toMatch(/descent: a\.ipynb: /);
    expect(readdirSync(folder).sort()).toEqual(['a.html', 'a.ipynb']);
  });

  it.skipIf(process.platform === 'win32')('stops at Ctrl-C with what was reached', async () => {
    book('a.ipynb', '"reached"', 'await new Promise((r) => setTimeout(r, 60_000))', '3');
    const { code, stderr } = await descent(['run', 'a.ipynb', '--ipynb'], {
      cwd: folder,
      onStderr: (text, kill) => {
        if (text.includes('cell 1/3 ok')) setTimeout(kill, 300, 'SIGINT');
      },
    });
    expect(code).toBe(130);
    expect(stderr).toContain('cell 2 of 3 failed: interrupted');
    expect(outputs(await result('a.executed.ipynb'))[0]).toMatchObject([
      { data: { 'text/plain': "'reached'" } },
    ]);
  });
});
