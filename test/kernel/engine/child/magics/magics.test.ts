// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the cells hold templates

import { beforeAll, describe, expect, it } from 'vitest';
import type { KernelClient } from '../../../../../kernel/client/client.ts';
import { typed } from '../../../support/asking.ts';
import { kernels, printed } from '../../../support/kernels.ts';

const set = kernels();
let client: KernelClient;

beforeAll(async () => {
  client = await set.start();
});

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
    await expect(printed(client, '%%vega\n{')).rejects.toThrow('UsageError: %%vega: the cell is no JSON');
  });
});

describe('help', () => {
  it('lists and explains the magics', async () => {
    const { stdout } = await printed(client, '%help');
    expect(stdout).toContain('%timeit, %%timeit  run many times and print the mean time');
    expect((await printed(client, '%help %%html')).stdout).toMatch(/^%%html: show the cell as HTML/);
    expect((await printed(client, '%lsmagic')).stdout).toContain('Available cell magics:\n%%bash');
    await expect(printed(client, '%help none')).rejects.toThrow(
      'UsageError: %help none: there is no such magic',
    );
  });

  it('is a page for a question about a magic, or for one within a cell', async () => {
    for (const code of ['%time?', '?%%time', '1\n%time?']) {
      const { reply } = await client.execute(code, { timeout: 20_000 });
      expect(reply.payload).toMatchObject([
        { source: 'page', data: { 'text/plain': expect.stringMatching(/^%time: /) } },
      ]);
    }
    await typed(client);
    const { reply, outputs: all } = await client.execute('const asked = 12\nasked?\nasked + 1', {
      timeout: 20_000,
    });
    expect(reply.payload).toMatchObject([{ source: 'page', data: { 'text/plain': 'const asked: 12' } }]);
    expect(all).toMatchObject([{ output_type: 'execute_result' }]);
  });
});

describe('%typecheck', () => {
  it('keeps its mode', async () => {
    expect((await printed(client, '%typecheck')).stdout).toBe('warn\n');
    expect((await printed(client, '%typecheck off')).stdout).toBe('off\n');
    expect((await printed(client, '%typecheck warn')).stdout).toBe('warn\n');
    await expect(printed(client, '%typecheck maybe')).rejects.toThrow(
      'UsageError: %typecheck maybe: expected off, warn, error',
    );
  });
});
