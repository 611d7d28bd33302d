import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import type { KernelClient } from '../../../kernel/client/client.ts';
import { kernels } from '../support/kernels.ts';
import type { Probe } from '../support/probe.ts';

const set = kernels();
let client: KernelClient;
let probe: Probe;

beforeAll(async () => {
  mkdirSync(join(set.folder, 'data dir'));
  mkdirSync(join(set.folder, 'below'));
  for (const name of ['data.csv', 'below/deep.ts', '.hidden']) writeFileSync(join(set.folder, name), '');
  client = await set.start({ env: { DESCENT_TEST_VARIABLE: '1' } });
  probe = await set.probe(client);
  await client.execute('const known = 1, kept = 2', { timeout: 20_000 });
});

/** Completes where the `|` stands. */
async function complete(written: string): Promise<{ matches: string[]; text: string }> {
  const at = written.indexOf('|');
  const code = written.replace('|', '');
  const content = { code, cursor_pos: [...written.slice(0, at)].length };
  const { content: found } = await probe.request('shell', 'complete_request', content);
  const { matches, cursor_start, cursor_end } = found as { matches: string[] } & Record<string, number>;
  return { matches, text: [...code].slice(cursor_start, cursor_end).join('') };
}

describe('completion', () => {
  it.each([
    ['%pw|', ['%pwd'], '%pw'],
    ['1\n  %pw|', ['%pwd'], '%pw'],
    ['%%ht|', ['%%html'], '%%ht'],
    ['%ti|', ['%time', '%timeit'], '%ti'],
    ['const d = %pw|', ['%pwd'], '%pw'],
    ['"😀"\n%timeit -|', ['-n', '-r', '-p', '-q', '-o'], '-'],
    ['%timeit -n 10 kno|', ['known'], 'kno'],
    ['%time kep|', ['kept'], 'kep'],
    ['%%time\nkep|', ['kept'], 'kep'],
    ['%%html\nke|', [], ''],
    ['%typecheck w|', ['warn'], 'w'],
    ['%help %%ht|', ['%%html'], '%%ht'],
    ['%env DESCENT_TEST|', ['DESCENT_TEST_VARIABLE'], 'DESCENT_TEST'],
    ['!cat dat|', ['data\\ dir/', 'data.csv'], 'dat'],
    ['!cat "dat|', ['"data dir/', '"data.csv'], '"dat'],
    ['!cat below/|', ['below/deep.ts'], 'below/'],
    ['!cat < dat|', ['data\\ dir/', 'data.csv'], 'dat'],
    ['const x = !cat bel|', ['below/'], 'bel'],
    ['!./bel|', ['./below/'], './bel'],
    ['!cat .hid|', ['.hidden'], '.hid'],
    ['!kno|', ['known'], 'kno'],
    ['%cd |', ['below/', 'data dir/'], ''],
    ['%load below/|', ['below/deep.ts'], 'below/'],
    ['%%writefile dat|', ['data dir/', 'data.csv'], 'dat'],
    ['a % kno|', ['known'], 'kno'],
    ['`\n%pw|`', [], ''],
  ])('%j', async (written, matches, text) => {
    expect(await complete(written)).toEqual({ matches, text });
  });

  it('offers all at a sign', async () => {
    expect((await complete('%|')).matches).toEqual(
      expect.arrayContaining(['%cd', '%%html', '%time', '%%time']),
    );
    expect((await complete('1\n%|')).matches).not.toContain('%%html');
  });

  it('follows %cd and %env, also while a cell computes', async () => {
    await client.execute('%cd below\n%env DESCENT_TEST_LATER=1', { timeout: 20_000 });
    const cell = probe.send('shell', 'execute_request', { code: 'console.log(1); for (;;) {}' });
    await probe.until('output', () => probe.published('stream', cell)[0]);
    expect((await complete('!cat |')).matches).toEqual(['deep.ts']);
    expect((await complete('%env DESCENT_TEST_L|')).matches).toEqual(['DESCENT_TEST_LATER']);
    expect(probe.replyTo(cell)).toBeUndefined();
    await probe.request('control', 'interrupt_request', {});
    await probe.settled(cell);
  });
});

describe('inspection', () => {
  it.each([['%time'], ['%%time\n1'], ['1\n%time 2'], ['const a = %time 1']])('%j', async (code) => {
    const content = { code, cursor_pos: code.indexOf('time') + 2, detail_level: 0 };
    const { content: found } = await probe.request('shell', 'inspect_request', content);
    expect(found).toMatchObject({
      found: true,
      data: { 'text/plain': expect.stringContaining('%time: run once'), 'text/html': expect.any(String) },
    });
  });
});

it.each([
  ['!ls \\', 'incomplete'],
  ["!echo it's", 'complete'],
  ['%%html\n<b', 'complete'],
  ['%%html', 'incomplete'],
  ['%pwd', 'complete'],
  ['%time f(', 'incomplete'],
  ['%pwd\nf(', 'incomplete'],
  ['const files = !ls -la', 'complete'],
  ['if (x) {\n', 'incomplete'],
  ['a?', 'complete'],
])('%j is %s', async (code, status) => {
  const { content } = await probe.request('shell', 'is_complete_request', { code });
  expect(content).toMatchObject({ status });
});
