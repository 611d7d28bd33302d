// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the cells hold templates

import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { beforeAll, describe, expect, it } from 'vitest';
import type { KernelClient } from '../../../../../kernel/client/client.ts';
import { resultOf as colouredResult, kernels, streamText } from '../../../support/kernels.ts';

const set = kernels();
let client: KernelClient;

beforeAll(async () => {
  client = await set.start();
});

const resultOf = async (kernel: KernelClient, code: string): Promise<string> =>
  stripVTControlCharacters(await colouredResult(kernel, code));

const outputs = async (code: string): Promise<{ stdout: string; stderr: string }> => {
  const { outputs: all, error } = await client.execute(code, { timeout: 30_000 });
  if (error) throw new Error(`${error.ename}: ${error.evalue}`);
  return { stdout: streamText(all, 'stdout'), stderr: streamText(all, 'stderr') };
};

describe('a magic that is unknown or wrongly used', () => {
  it.each([
    ['%pwdd', 'there is no magic %pwdd (did you mean %pwd?); there are %cat '],
    ['%html', '%html is a magic of whole cells: write %%html in the first line'],
    ['%%pwd', '%%pwd is a magic of one line: write %pwd'],
    ['1\n%%html\n<b>', '%%html takes the whole cell: it must be its first line'],
    ['%time', '%time needs a statement'],
  ])('%j keeps its cell from running', async (code, message) => {
    const { error, outputs: all } = await client.execute(
      `${code.startsWith('%%') ? '' : 'console.log("ran")\n'}${code}`,
      {
        timeout: 20_000,
      },
    );
    expect(error).toMatchObject({ ename: 'UsageError' });
    expect(error?.evalue).toContain(message);
    expect(error?.traceback.join('\n')).toContain('^');
    expect(all.filter(({ output_type }) => output_type === 'stream')).toEqual([]);
  });

  it('also in a large cell', async () => {
    const { error } = await client.execute(`%pwdd\n${'const a = 1;\n'.repeat(10_000)}`, { timeout: 20_000 });
    expect(error).toMatchObject({ ename: 'UsageError' });
  });
});

describe('%env', () => {
  it('gives and sets variables', async () => {
    expect((await outputs('%env DESCENT_A=1 2')).stdout).toBe('env: DESCENT_A=1 2\n');
    expect(await resultOf(client, '%env DESCENT_A')).toBe("'1 2'");
    expect((await outputs('const v = "x"\n%env DESCENT_B $v\n!echo $DESCENT_B')).stdout).toBe(
      'env: DESCENT_B=x\nx\n',
    );
    expect((await outputs('%set_env DESCENT_C = y')).stdout).toBe('env: DESCENT_C=y\n');
    expect(await resultOf(client, 'const c = %env DESCENT_C\nc + process.env.DESCENT_B')).toBe("'yx'");
    expect(await resultOf(client, 'const all = %env\ntypeof all.PATH')).toBe("'string'");
    await expect(outputs('%env DESCENT_NONE')).rejects.toThrow('the environment has no such variable');
    await expect(outputs('%env constructor')).rejects.toThrow('the environment has no such variable');
  });
});

describe('%time', () => {
  const TIMES = /^CPU times: user \S+ \S+, sys: \S+ \S+, total: \S+ \S+\nWall time: \S+ \S+\n$/;

  it('keeps the result and the declarations', async () => {
    expect(await resultOf(client, '%time 1 + 1')).toBe('2');
    expect((await outputs('%time const t: number = 5')).stdout).toMatch(TIMES);
    expect(await resultOf(client, 't')).toBe('5');
    expect((await outputs('%time for (let i = 0; i < 3; i++) { t + i }')).stdout).toMatch(TIMES);
    expect(await resultOf(client, '%time { a: 1 }\n0')).toBe('0');
    expect(await resultOf(client, '%time await Promise.resolve(4);')).toBe('4');
    expect(await resultOf(client, 'const timed = %time 3\ntimed')).toBe('3');
    expect((await outputs('%time new Promise((go) => setTimeout(go, 60)); 0')).stdout).toMatch(TIMES);
  });

  it('goes on to the last bracket', async () => {
    expect(await resultOf(client, '%time [\n  1,\n  2,\n].length')).toBe('2');
    expect((await outputs('%time const far = Math.max(\n  1,\n  9,\n);\nconsole.log(far)')).stdout).toMatch(
      /9\n$/,
    );
    const { error } = await client.execute('%time Math.max(\n  1,\n)\nfar.x.y', { timeout: 20_000 });
    expect(error?.traceback.join('\n')).toMatch(/cell-\d+\.ts:4:7/);
  });

  it('times a whole cell, with its error', async () => {
    const { outputs: all } = await client.execute('%%time\nconst w = 1\nw + 1', { timeout: 20_000 });
    expect(streamText(all, 'stdout')).toMatch(TIMES);
    expect(all.find(({ output_type }) => output_type === 'execute_result')).toMatchObject({
      data: { 'text/plain': '2' },
    });
    const failed = await client.execute('%%time\nconst q = 1\n\nq.r.s', { timeout: 20_000 });
    expect(failed.error?.traceback.join('\n')).toMatch(/cell-\d+\.ts:4:5/);
    expect(streamText(failed.outputs, 'stdout')).toMatch(TIMES);
  });
});

describe('%timeit', () => {
  const LINE =
    /^(?:The slowest .*\n)?\S+ (?:s|ms|µs|ns) ± \S+ (?:s|ms|µs|ns) per loop \(mean ± std\. dev\. of 3 runs, 1,000 loops each\)\n$/;

  it('prints the mean of its runs', async () => {
    expect((await outputs('%timeit -n 1000 -r 3 Math.sqrt(2)')).stdout).toMatch(LINE);
    expect(
      (
        await outputs(
          'const list: number[] = [3, 1]\n%timeit -n1000 -r3 const s: number[] = list.slice(); s.sort();',
        )
      ).stdout,
    ).toMatch(LINE);
    expect(
      (
        await outputs(
          '%%timeit -n 1000 -r 3 const m = new Map([[1, 2]])\nconst a = m.get(1)\nif (a) m.set(1, a) // end',
        )
      ).stdout,
    ).toMatch(LINE);
    expect((await outputs('%timeit -n 10 -r 1 0')).stdout).toContain('of 1 run, 10 loops each');
  });

  it('runs what it is given that often, and leaves nothing behind', async () => {
    expect(await resultOf(client, 'let runs = 0\n%timeit -q -n 10 -r 3 runs++\nruns')).toBe('30');
    expect(await resultOf(client, 'runs = 0\n%timeit -q -n 4 -r 2 await 0; runs += 1\nruns')).toBe('8');
    expect(await resultOf(client, '%%timeit -q -n 5 -r 2 let began = runs = 0\nruns += 1')).toBe('undefined');
    expect(await resultOf(client, '[runs, typeof began]')).toBe("[ 5, 'undefined' ]");
  });

  it('times commands', async () => {
    const { stdout } = await outputs('%%timeit -n 2 -r 2\n!echo again');
    expect(stdout).toMatch(/^(?:again\n){4}(?:The slowest .*\n)?\S+ \S+ ± .* of 2 runs, 2 loops each/);
    expect((await outputs('%%time\n!echo once')).stdout).toMatch(/^once\nCPU times/);
    expect((await outputs('const w1 = "x"\n%time !echo $w1 \\\n  (y\n!echo z')).stderr).toContain(
      'syntax error',
    );
    expect((await outputs('%time !echo $w1 it \\\n  y\nconsole.log(1)')).stdout).toMatch(
      /^x it y\nCPU times[\s\S]*\n1\n$/,
    );
  });

  it('gives its result', async () => {
    const code =
      'const timed1 = %timeit -o -q -n 3 -r 4 0\n[timed1.loops, timed1.repeat, timed1.allRuns.length, timed1.best <= timed1.average]';
    expect(await resultOf(client, code)).toBe('[ 3, 4, 4, true ]');
  });

  it.each([
    ['%timeit -z 1', "%timeit has no option '-z'; it has -n N, -r R, -p P, -q, -o"],
    ['%timeit -n x 1', '%timeit -n x: expected a whole number from 1'],
    ['%timeit', '%timeit needs a statement'],
    ['%%timeit\n', '%%timeit needs statements below its first line'],
  ])('%j', async (code, message) => {
    await expect(outputs(code)).rejects.toThrow(`UsageError: ${message}`);
  });

  it('shows the place of an error', async () => {
    const { error } = await client.execute('const none: any = undefined\n\n%timeit -n 1 none.a', {
      timeout: 20_000,
    });
    expect(error?.traceback.join('\n')).toMatch(/cell-\d+\.ts:3:19/);
  });
});

describe('%%capture', () => {
  it('keeps what its cell prints and shows', async () => {
    const code =
      '%%capture out\nconsole.log("a")\nconsole.error("b")\n!echo c; echo d >&2\ndisplay(md`x`)\nconst kept = 5\nkept + 1';
    expect((await client.execute(code, { timeout: 60_000 })).outputs).toEqual([]);
    expect(await resultOf(client, '[kept, out.stdout, out.stderr]')).toBe("[ 5, 'a\\nc\\n', 'b\\nd\\n' ]");
    expect(await resultOf(client, 'out.outputs.map(({ data }) => data["text/plain"])')).toBe("[ 'x', '6' ]");
    const { outputs: all } = await client.execute('out.show()', { timeout: 20_000 });
    expect(all).toMatchObject([
      { name: 'stdout', text: 'a\nc\n' },
      { name: 'stderr', text: 'b\nd\n' },
      { data: { 'text/markdown': 'x' } },
      { data: { 'text/plain': '6' } },
    ]);
  });

  it('shows an error, and ends with its cell', async () => {
    const { error } = await client.execute('%%capture\nconsole.log(1)\nnowhere.x', { timeout: 20_000 });
    expect(error?.traceback.join('\n')).toMatch(/cell-\d+\.ts:3:1/);
    expect((await outputs('console.log(2)')).stdout).toBe('2\n');
    await expect(outputs('%%capture a b\n1')).rejects.toThrow('UsageError: %%capture a b: expected a name');
  });
});

describe('the names of the session', () => {
  it('are listed', async () => {
    const fresh = await set.start();
    expect((await fresh.execute('%who')).outputs).toMatchObject([
      { text: 'Interactive namespace is empty.\n' },
    ]);
    await fresh.execute(
      "const n = 1, word = 'x'; class K {}\nfunction f() {}\nconst fetch = new Map(); let none;",
    );
    const text = async (code: string): Promise<string> =>
      streamText((await fresh.execute(code)).outputs, 'stdout');
    expect(await text('%who')).toBe('K\tf\tfetch\tn\tnone\tword\n');
    expect(await text('%who number string')).toBe('n\tword\n');
    const rows = (await text('%whos'))
      .trimEnd()
      .split('\n')
      .map((row) => row.split(/\s{2,}/));
    expect(rows).toEqual([
      ['Variable', 'Type', 'Value'],
      [expect.stringMatching(/^-+$/)],
      ['K', 'class', '[class K]'],
      ['f', '() => void', '[Function: f]'],
      ['fetch', 'Map<any, any>', 'Map(0) {}'],
      ['n', 'number', '1'],
      ['none', 'undefined', 'undefined'],
      ['word', 'string', "'x'"],
    ]);
    expect(await resultOf(fresh, 'const listed = %who_ls Map\nlisted')).toBe("[ 'fetch' ]");
  });

  it('are gone after %reset', async () => {
    const fresh = await set.start();
    await fresh.execute('const gone = 1; globalThis.alsoGone = 2; console.log("before")');
    const done = await fresh.execute('%reset -f', { timeout: 20_000 });
    expect(done).toMatchObject({ status: 'ok', outputs: [] });
    expect(await resultOf(fresh, '[typeof gone, typeof alsoGone]')).toBe("[ 'undefined', 'undefined' ]");
    expect((await fresh.execute('let gone = 2; console.log(gone)')).outputs).toMatchObject([{ text: '2\n' }]);
  });

  it('stay where %reset is not confirmed', async () => {
    const fresh = await set.start();
    await fresh.execute('const kept = 1');
    const asked: string[] = [];
    const answer = (word: string) => async (prompt: string) => {
      asked.push(prompt);
      return word;
    };
    const no = await fresh.execute('%reset', { allowStdin: true, onStdin: answer('n'), timeout: 20_000 });
    expect(streamText(no.outputs, 'stdout')).toBe('Nothing done.\n');
    expect(asked).toEqual(['Once deleted, variables cannot be recovered. Proceed (y/[n])? ']);
    expect(await resultOf(fresh, 'kept')).toBe('1');
    await fresh.execute('%reset', { allowStdin: true, onStdin: answer('y'), timeout: 20_000 });
    expect(await resultOf(fresh, 'typeof kept')).toBe("'undefined'");
    const { error } = await fresh.execute('%reset\n1', { timeout: 20_000 });
    expect(error).toMatchObject({ ename: 'UsageError', evalue: '%reset must be alone in its cell' });
  });
});

describe('%history', () => {
  it('prints what was run', async () => {
    const fresh = await set.start({ env: { DESCENT_HISTORY: join(set.folder, 'own.jsonl') } });
    const text = async (code: string): Promise<string> =>
      streamText((await fresh.execute(code)).outputs, 'stdout');
    await fresh.execute('const first = 1');
    await fresh.execute('first + 1');
    await fresh.execute('first + 1');
    expect(await text('%history 1-2')).toBe('const first = 1\nfirst + 1\n');
    expect(await text('%history -n 2 1')).toBe('2: first + 1\n1: const first = 1\n');
    expect(await text('%history -u -n 1-3')).toBe('1: const first = 1\n3: first + 1\n');
    expect(await text('%history -l 2 -n')).toBe('1/6: %history -u -n 1-3\n1/7: %history -l 2 -n\n');
    expect(await text('%history -u -g "first + "')).toBe('first + 1\n%history -u -g "first + "\n');
    expect((await fresh.execute('%history x')).error).toMatchObject({ ename: 'UsageError' });
  });
});

describe('files', () => {
  it('are written, appended to and loaded', async () => {
    expect((await outputs('%%writefile written.ts\nexport const two = 2;')).stdout).toBe(
      'Writing written.ts\n',
    );
    expect((await outputs('%%writefile -a written.ts\n!not a command\n')).stdout).toBe(
      'Appending to written.ts\n',
    );
    const path = join(set.folder, 'written.ts');
    expect(readFileSync(path, 'utf8')).toBe('export const two = 2;\n!not a command\n');
    expect((await outputs('const file = "written.ts"\n%ls $file')).stdout).toBe('written.ts\n');
    expect((await outputs('%%writefile {file}\nexport const two: number = 2;\n// end')).stdout).toBe(
      'Overwriting written.ts\n',
    );
    expect(await resultOf(client, "import { two } from './written.ts'\ntwo")).toBe('2');
    const loaded = await client.execute('%load -r 2 written.ts', { timeout: 20_000 });
    expect(loaded.reply.payload).toEqual([
      { source: 'set_next_input', text: '// %load -r 2 written.ts\n// end', replace: true },
    ]);
    writeFileSync(join(set.folder, 'a b.ts'), '1');
    expect((await client.execute('%load "a b.ts"', { timeout: 20_000 })).reply.payload).toMatchObject([
      { text: '// %load "a b.ts"\n1' },
    ]);
  });

  it.each([
    ['%%writefile none/a.ts\n1', 'there is no folder'],
    ['%%writefile\n1', '%%writefile needs a file'],
    ['%load', '%load needs a file'],
    ['%load none.ts', '%load none.ts: there is no such file'],
    ['%load -r x written.ts', '%load -r x: expected the numbers of lines'],
  ])('%j', async (code, message) => {
    await expect(outputs(code)).rejects.toThrow(message);
  });
});

describe('cells that are shown', () => {
  it.each([
    ['html', 'text/html'],
    ['markdown', 'text/markdown'],
    ['latex', 'text/latex'],
    ['svg', 'image/svg+xml'],
    ['javascript', 'application/javascript'],
    ['js', 'application/javascript'],
  ])('%%%%%s', async (name, type) => {
    const body = '<b>${1} {[(`\n!ls\n%pwd\n';
    const { outputs: all, error } = await client.execute(`%%${name}\n${body}`, { timeout: 20_000 });
    expect(error).toBeUndefined();
    expect(all).toMatchObject([{ output_type: 'display_data', data: { [type]: body } }]);
  });

  it('%%vega draws Vega-Lite and passes on Vega', async () => {
    const lite = { data: { values: [{ a: 1 }] }, mark: 'point', encoding: { x: { field: 'a' } } };
    const shown = await client.execute(`%%vega\n${JSON.stringify(lite, undefined, 2)}`, { timeout: 60_000 });
    expect(shown.outputs).toMatchObject([{ data: { 'application/vnd.vegalite.v5+json': lite } }]);
    const vega = { $schema: 'https://vega.github.io/schema/vega/v5.json', marks: [] };
    const passed = await client.execute(`%%vega\n${JSON.stringify(vega)}`, { timeout: 60_000 });
    expect(passed.outputs).toMatchObject([{ data: { 'application/vnd.vega.v5+json': vega } }]);
    await expect(outputs('%%vega\n{')).rejects.toThrow('UsageError: %%vega: the cell is no JSON');
  });
});

describe('help', () => {
  it('lists and explains the magics', async () => {
    const { stdout } = await outputs('%help');
    expect(stdout).toContain('%timeit, %%timeit  run many times and print the mean time');
    expect((await outputs('%help %%html')).stdout).toMatch(/^%%html: show the cell as HTML/);
    expect((await outputs('%lsmagic')).stdout).toContain('Available cell magics:\n%%bash');
    await expect(outputs('%help none')).rejects.toThrow('UsageError: %help none: there is no such magic');
  });

  it('is a page for a question about a magic, or for one within a cell', async () => {
    for (const code of ['%time?', '?%%time', '1\n%time?']) {
      const { reply } = await client.execute(code, { timeout: 20_000 });
      expect(reply.payload).toMatchObject([
        { source: 'page', data: { 'text/plain': expect.stringMatching(/^%time: /) } },
      ]);
    }
    const { reply, outputs: all } = await client.execute('const asked = 12\nasked?\nasked + 1', {
      timeout: 20_000,
    });
    expect(reply.payload).toMatchObject([{ source: 'page', data: { 'text/plain': 'const asked: 12' } }]);
    expect(all).toMatchObject([{ output_type: 'execute_result' }]);
  });
});

describe('%typecheck', () => {
  it('keeps its mode', async () => {
    expect((await outputs('%typecheck')).stdout).toBe('warn\n');
    expect((await outputs('%typecheck off')).stdout).toBe('off\n');
    expect((await outputs('%typecheck warn')).stdout).toBe('warn\n');
    await expect(outputs('%typecheck maybe')).rejects.toThrow(
      'UsageError: %typecheck maybe: expected off, warn, error',
    );
  });
});
