import { beforeAll, describe, expect, it } from 'vitest';
import type { KernelClient } from '../../../kernel/client/client.ts';
import type { Json } from '../../../kernel/message/types.ts';
import { kernels, resultOf } from '../support/kernels.ts';
import type { Probe } from '../support/probe.ts';

const set = kernels();
let client: KernelClient;
let probe: Probe;

beforeAll(async () => {
  client = await set.start();
  probe = await set.probe(client);
});

const run = async (
  content: Json,
): Promise<{ types: string[]; reply: Json; of: (type: string) => Json[] }> => {
  const header = probe.send('shell', 'execute_request', content);
  const { content: reply } = await probe.settled(header);
  return {
    reply,
    types: probe.of('iopub', header).map((message) => message.header.msg_type),
    of: (type) => probe.published(type, header).map((message) => message.content),
  };
};

describe('a large cell', () => {
  const data = `[${'{ a: 1 }, '.repeat(150_000)}]`;

  it('keeps the kernel answering while it is read, and runs', async () => {
    const cell = probe.send('shell', 'execute_request', { code: `const large = ${data}; large.length` });
    await probe.until('busy', () => probe.states(cell)[0]);
    // Answered before the cell, not only when it has been read.
    for (const channel of ['control', 'shell'] as const)
      await probe.request(channel, 'kernel_info_request', {});
    expect(await client.ping(5000)).toBe(true);
    expect(probe.replyTo(cell)).toBeUndefined();
    await probe.settled(cell, 60_000);
    expect(probe.published('execute_result', cell)[0]?.content.data).toEqual({ 'text/plain': '150000' });
    expect(await resultOf(client, 'const large = 1; large')).toBe('1');
  });

  it('is stopped while it is read', async () => {
    const cell = probe.send('shell', 'execute_request', { code: `const unread = ${data}` });
    await probe.until('busy', () => probe.states(cell)[0]);
    await probe.request('control', 'interrupt_request', {});
    expect((await probe.settled(cell)).content).toMatchObject({ ename: 'Interrupted' });
    expect(await resultOf(client, 'typeof unread')).toBe("'undefined'");
  });

  it('is stopped while the thread that reads it starts', async () => {
    for (let delay = 0; delay < 60; delay += 2) {
      const cell = probe.send('shell', 'execute_request', { code: `const begun = ${data}` });
      await probe.until('busy', () => probe.states(cell)[0]);
      await new Promise((go) => setTimeout(go, delay));
      await probe.request('control', 'interrupt_request', {});
      expect((await probe.settled(cell)).content).toMatchObject({ ename: 'Interrupted' });
    }
    expect(await resultOf(client, 'typeof begun')).toBe("'undefined'");
  });

  it('shows where its error is', async () => {
    const { error } = await client.execute(`${'const a = 1;\n'.repeat(10_000)}const b = ;`, {
      timeout: 20_000,
    });
    expect(error).toMatchObject({ ename: 'SyntaxError' });
    expect(error?.traceback.join('\n')).toContain('cell-');
    expect(error?.traceback.join('\n')).toContain(':10001:11');
  });
});

describe('names', () => {
  it('are there in the next cell when an interrupt came while a large cell was on its way', async () => {
    const large = `let pz = "${'x'.repeat(8 << 20)}"; let qz = 1; for (;;) {}`;
    for (let at = 0; at < 5; at += 1) {
      const cell = probe.send('shell', 'execute_request', { code: large });
      await new Promise((go) => setTimeout(go, 40 * at));
      while (!probe.replyTo(cell)) await probe.request('control', 'interrupt_request', {});
      await probe.settled(cell);
      expect(await resultOf(client, 'let pz = 1, qz = 2; pz + qz')).toBe('3');
    }
  });

  it('that cannot be declared leave the others declared', async () => {
    await resultOf(client, 'Object.defineProperty(globalThis, "nc", { value: 1 }); 0');
    await expect(resultOf(client, 'const good = 3, nc = 2')).rejects.toThrow("'nc' cannot be declared");
    expect(await resultOf(client, 'let good = 5; good')).toBe('5');
  });

  it('of globals mean the global until a cell has given them a value', async () => {
    await expect(resultOf(client, 'JSON.parse("{"); const performance = 1')).rejects.toThrow('JSON');
    expect(await resultOf(client, 'performance.now() > 0')).toBe('true');
    await client.execute('0', { userExpressions: { a: 'var structuredClone = 1' } });
    expect(await resultOf(client, 'structuredClone({ a: 1 }).a')).toBe('1');
  });
});

it.each([
  ['new ', 50_000],
  ['typeof ', 8000],
  ['if(0){}else ', 8000],
])('%j × %i is an error that the notebook shows', async (part, count) => {
  const cell = probe.send('shell', 'execute_request', { code: `${part.repeat(count)}{}` });
  expect((await probe.settled(cell)).content).toMatchObject({ status: 'error', ename: 'SyntaxError' });
  expect(probe.published('error', cell)).toHaveLength(1);
});

it('an empty user_expression is an error', async () => {
  const { reply } = await client.execute('0', { userExpressions: { e: '', f: '2' } });
  expect(reply.user_expressions).toMatchObject({ e: { status: 'error' }, f: { status: 'ok' } });
});

describe('execute_request', () => {
  it('gives busy, input, output, result and idle in this order', async () => {
    const { types, reply, of } = await run({ code: 'console.log("a"); 6 * 7' });
    expect(types).toEqual(['status', 'execute_input', 'stream', 'execute_result', 'status']);
    expect(of('stream')).toEqual([{ name: 'stdout', text: 'a\n' }]);
    expect(of('execute_result')[0]).toMatchObject({ data: { 'text/plain': '42' }, metadata: {} });
    expect(reply).toMatchObject({ status: 'ok', payload: [], user_expressions: {} });
  });

  it('reports an error in the reply and on iopub alike', async () => {
    const { types, reply, of } = await run({ code: 'const f = () => { throw new RangeError("far") };\nf()' });
    expect(types).toEqual(['status', 'execute_input', 'error', 'status']);
    const { ename, evalue, traceback } = reply;
    expect({ ename, evalue }).toEqual({ ename: 'RangeError', evalue: 'far' });
    expect(of('error')).toEqual([{ ename, evalue, traceback }]);
    expect(String(traceback)).toContain('throw new RangeError("far")');
  });

  it('refuses content without code in the reply alone', async () => {
    const { types, reply } = await run({ code: null });
    expect(types).toEqual(['status', 'status']);
    expect(reply).toMatchObject({ status: 'error', ename: 'RequestError' });
    expect(reply.evalue).toBe('execute_request: code is null, expected string');
  });

  it('runs a silent cell without input and result', async () => {
    const { types, reply } = await run({ code: 'globalThis.quiet = 1; 2', silent: true });
    expect(types).toEqual(['status', 'status']);
    expect(reply.status).toBe('ok');
    expect(await resultOf(client, 'quiet')).toBe('1');
  });

  it('accepts an empty cell', async () => {
    for (const code of ['', '  \n', '// nothing', ';']) {
      const { types, reply } = await run({ code });
      expect([reply.status, ...types]).toEqual(['ok', 'status', 'execute_input', 'status']);
    }
  });

  it('evaluates user_expressions, each with its own outcome, after the cell', async () => {
    const expressions = { sum: 'one + 1', html: 'rich', wrong: 'nowhere', broken: '1 +', number: 7 };
    const code = `var one = 1; var rich = { [Symbol.for('Jupyter.display')]: () => ({ 'text/html': '<b>' }) };`;
    const { reply } = await run({ code, user_expressions: expressions });
    expect(reply.user_expressions).toMatchObject({
      sum: { status: 'ok', data: { 'text/plain': '2' }, metadata: {} },
      html: { status: 'ok', data: { 'text/html': '<b>' } },
      wrong: { status: 'error', ename: 'ReferenceError', evalue: 'nowhere is not defined' },
      broken: { status: 'error', ename: 'SyntaxError' },
      number: { status: 'ok', data: { 'text/plain': '7' } },
    });
  });

  it('evaluates none after an error', async () => {
    const { reply } = await run({ code: 'throw 1', user_expressions: { one: '1' }, stop_on_error: false });
    expect(reply.user_expressions).toEqual({});
  });

  it('evaluates them in a silent cell, as front-ends ask for values', async () => {
    const { reply } = await run({ code: '', silent: true, user_expressions: { two: '1 + 1' } });
    expect(reply.user_expressions).toMatchObject({ two: { data: { 'text/plain': '2' } } });
  });

  it.each(['?Math.max', 'Math.max?', '??Math.max'])('shows %s in the pager', async (code) => {
    const { reply, types } = await run({ code });
    expect(types).toEqual(['status', 'execute_input', 'status']);
    const [page] = reply.payload as [{ source: string; data: Json; start: number }];
    expect({ source: page.source, start: page.start }).toEqual({ source: 'page', start: 0 });
    expect(String(page.data['text/plain'])).toContain('Math.max');
  });

  it('says in the pager that a name is not known', async () => {
    const { reply } = await run({ code: '?nowhere' });
    expect(reply.payload).toMatchObject([{ data: { 'text/plain': "'nowhere' was not found" } }]);
  });

  it('answers code that no parser can take, and the next cell runs', async () => {
    for (const code of [
      '('.repeat(200_000),
      `${'['.repeat(50_000)}${']'.repeat(50_000)}`,
      '-'.repeat(300_001),
    ]) {
      const { reply } = await run({ code, stop_on_error: false });
      expect(reply.status).toBe('error');
    }
    expect(await resultOf(client, '1 + 1')).toBe('2');
  });

  it('takes code with every kind of text', async () => {
    const text = 'é 😀 \u2028 \u0000 漢字';
    expect(await resultOf(client, `${JSON.stringify(text)} === ${JSON.stringify(text)} && '😀'.length`)).toBe(
      '2',
    );
  });
});

it('goes on where globals that the kernel uses have been replaced', async () => {
  const own = await set.start();
  await resultOf(own, 'globalThis.Promise = class P2 extends Promise {} as any; 0');
  expect(await resultOf(own, 'await 5')).toBe('5');
  await resultOf(own, 'JSON.stringify = () => { throw 1 }; 0');
  expect(await resultOf(own, 'await 6')).toBe('6');
});
