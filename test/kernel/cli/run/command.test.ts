import { spawnSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { program } from '../../../../kernel/client/program.ts';
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

  it('keeps the state of widgets in the notebook, and shows them on the page', async () => {
    book(
      'w.ipynb',
      "const s = new widgets.FloatSlider({ value: 0.5, max: 1, description: 'rate' }); s",
      "s.value = 0.75; interact((n) => html('<i>' + n * 2 + '</i>'), { n: [0, 10] })",
    );
    expect((await run('w.ipynb')).code).toBe(0);
    const { metadata } = await result('w.executed.ipynb');
    const saved = JSON.stringify(metadata.widgets);
    expect(saved).toContain('"model_name":"FloatSliderModel"');
    expect(saved).toContain('"value":0.75');
    const page = readFileSync(join(folder, 'w.html'), 'utf8');
    expect(page).toContain('<output>0.75</output>');
    expect(page).toContain('<i>10</i>');
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

  it('runs nothing when a result cannot be written', async () => {
    book('a.ipynb', 'require("node:fs").writeFileSync("ran", "")');
    mkdirSync(join(folder, 'a.html'));
    const { code, stderr } = await run('a.ipynb');
    expect({ code, stderr }).toEqual({
      code: 2,
      stderr: 'descent: a.html cannot be written: it is a folder\n',
    });
    expect(readdirSync(folder).sort()).toEqual(['a.html', 'a.ipynb']);
  });

  it.skipIf(!existsSync('/proc/self'))('does not wait for a folder that cannot be made', async () => {
    book('a.ipynb', '1');
    expect(await run('a.ipynb', '--output-dir', '/proc/x/y')).toMatchObject({
      code: 2,
      stderr: 'descent: --output-dir /proc/x/y cannot be made: no such file or folder\n',
    });
  });

  it('runs a second time with the results of the first among its arguments', async () => {
    book('a.ipynb', '1');
    expect((await run('a.ipynb', '--ipynb')).code).toBe(0);
    const { code, stderr } = await run('a.executed.ipynb', 'a.ipynb', '--ipynb');
    expect(stderr).toContain('a.executed.ipynb: not run, it is the result of a.ipynb\n');
    expect(code).toBe(0);
    expect(readdirSync(folder).sort()).toEqual(['a.executed.ipynb', 'a.ipynb']);
  });

  it.skipIf(!existsSync('/dev/full'))('finishes where nobody can read its progress', async () => {
    book('a.ipynb', '1', '2');
    for (const output of ['2>&1 | true', '2>/dev/full', '2>&-']) {
      const script = `"$0" "$1" run a.ipynb --ipynb ${output}`;
      const { status } = spawnSync('sh', ['-c', script, process.execPath, program().main], {
        cwd: folder,
        timeout: 30_000,
      });
      expect(status).toBe(0);
      expect(outputs(await result('a.executed.ipynb'))).toMatchObject([[{}], [{}]]);
      rmSync(join(folder, 'a.executed.ipynb'));
    }
  });

  it.each([
    ['a rejection', 'Promise.reject(new Error("lost"))'],
    ['a rejection after a while', 'void (async () => { await null; throw new Error("lost") })()'],
    ['a timer', 'setTimeout(() => { throw new Error("lost") }, 20)'],
  ])('fails for an error that comes after its cell: %s', async (_, source) => {
    book('first.ipynb', `${source}; 0`, 'await new Promise((r) => setTimeout(r, 100))', '3');
    book('last.ipynb', '1', `${source}; 0`);
    const { code, stderr } = await run('first.ipynb', 'last.ipynb', '--ipynb');
    expect(code).toBe(1);
    expect(stderr).toMatch(/^descent: first\.ipynb: cell 1 of 3 failed: Error: lost \(/m);
    expect(stderr).toMatch(/^descent: last\.ipynb: cell 2 of 2 failed: Error: lost \(/m);
    const last = outputs(await result('last.executed.ipynb'))[1];
    expect(last?.find((output) => output.output_type === 'error')).toMatchObject({ evalue: 'lost' });
    expect(outputs(await result('first.executed.ipynb'))[2]).toEqual([]);
  });

  it('counts the errors that are allowed', async () => {
    book('a.ipynb', 'throw new Error("x")', 'Promise.reject(1); 0', {
      source: '1',
      tags: ['raises-exception'],
    });
    const { code, stderr } = await run('a.ipynb', '--ipynb', '--allow-errors');
    expect(code).toBe(0);
    expect(stderr).toMatch(
      /cell 1\/3 failed \(allowed\) after .*cell 2\/3 failed \(allowed\).*cell 3\/3 ok/s,
    );
    expect(stderr).toMatch(
      /a\.ipynb: done in [^\n]*, 2 cells failed \(allowed\), wrote a\.executed\.ipynb\n$/,
    );
  });

  it('goes on after a timeout that is allowed', async () => {
    book('a.ipynb', 'const kept = 5', 'for (;;) {}', 'kept');
    const { code, stderr } = await run('a.ipynb', '--timeout', '1', '--ipynb', '--allow-errors');
    expect(code).toBe(0);
    expect(stderr).toContain('cell 2/3 failed (allowed) after');
    const notebook = await result('a.executed.ipynb');
    expect(notebook.cells.map((cell) => cell.cell_type === 'code' && cell.execution_count)).toEqual([
      1, 2, 3,
    ]);
    expect(outputs(notebook)[1]?.at(-1)).toMatchObject({ evalue: 'the cell did not end within 1 s' });
    expect(outputs(notebook)[2]).toMatchObject([{ data: { 'text/plain': '5' } }]);
  });

  it('gives no control characters of a notebook to the terminal', async () => {
    book('a.ipynb', 'throw new Error("\\x1b[2J\\x1b]0;title\\x07 end")');
    const { stderr } = await run('a.ipynb', '--ipynb');
    expect(stderr).toContain('cell 1 of 1 failed: Error:  end (');
    expect(stderr).not.toMatch(/[^\P{Cc}\n]/u);
  });

  it.skipIf(process.platform === 'win32')('keeps earlier results when nothing has run', async () => {
    const names = Array.from({ length: availableParallelism() + 2 }, (_, i) => book(`${i}.ipynb`, '1'));
    for (const name of names) writeFileSync(join(folder, name.replace('.', '.executed.')), 'earlier');
    // The note about a result that is not run comes before any kernel is started; those take their time.
    const slow = join(folder, 'slow.cjs');
    writeFileSync(
      slow,
      'if (process.argv[2] === "kernel") Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 2000);',
    );
    const { code, stderr } = await descent(['run', ...names, '0.executed.ipynb', '--ipynb'], {
      cwd: folder,
      env: { NODE_OPTIONS: `--require ${slow}` },
      onStderr: (text, kill) => {
        if (text.includes('not run')) kill('SIGINT');
      },
    });
    expect(code).toBe(130);
    expect(stderr).toContain('descent: 0.ipynb: interrupted before its first cell, nothing written\n');
    expect(stderr).toContain(`descent: not started: ${names.slice(-2).join(', ')}\n`);
    for (const name of names) {
      expect(readFileSync(join(folder, name.replace('.', '.executed.')), 'utf8')).toBe('earlier');
    }
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
