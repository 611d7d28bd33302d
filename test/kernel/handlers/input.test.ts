import { beforeAll, describe, expect, it } from 'vitest';
import type { KernelClient } from '../../../kernel/client/client.ts';
import type { Header, Json, Message } from '../../../kernel/message/types.ts';
import { kernels, resultOf } from '../support/kernels.ts';
import type { Probe } from '../support/probe.ts';

const set = kernels();
let client: KernelClient;
let probe: Probe;

beforeAll(async () => {
  client = await set.start();
  probe = await set.probe(client);
});

const run = (code: string, more: Json = {}): Header =>
  probe.send('shell', 'execute_request', { code, allow_stdin: true, ...more });
const question = (cell: Header): Promise<Message> =>
  probe.until('a question', () => probe.of('stdin', cell).at(-1));
const answer = (value: unknown, parent?: Header): Header =>
  probe.send('stdin', 'input_reply', { status: 'ok', value }, { parent });
async function result(cell: Header): Promise<unknown> {
  const { content } = await probe.settled(cell);
  if (content.status !== 'ok') return content.ename;
  const [shown] = probe.published('execute_result', cell);
  return (shown?.content.data as Json | undefined)?.['text/plain'];
}

describe('input', () => {
  it.each([
    ['prompt("name? ")', 'name? ', false, 'Ada é😀', "'Ada é😀'"],
    ['prompt("", "Grace")', '', false, '', "'Grace'"],
    ['prompt()', '', false, '', "''"],
    ['prompt("eof")', 'eof', false, '\u0004', 'null'],
    ['confirm("sure?")', 'sure? [y/N] ', false, 'Y', 'true'],
    ['confirm("sure?")', 'sure? [y/N] ', false, 'no', 'false'],
    ['await input("name? ")', 'name? ', false, 'Ada', "'Ada'"],
    ['await input("eof")', 'eof', false, '\u0004', 'null'],
    ['await input("key", { password: true })', 'key', true, 'secret', "'secret'"],
  ])('%s', async (code, prompt, password, value, expected) => {
    const cell = run(code);
    const asked = await question(cell);
    expect(asked.header.msg_type).toBe('input_request');
    expect(asked.content).toEqual({ prompt, password });
    expect(asked.parentHeader).toEqual(cell);
    answer(value, asked.header);
    expect(await result(cell)).toBe(expected);
  });

  it('takes an answer that does not say what it answers, as jupyter_client sends it', async () => {
    const cell = run('prompt("?")');
    await question(cell);
    answer('yes');
    expect(await result(cell)).toBe("'yes'");
  });

  it('asks in turn', async () => {
    const cell = run('[prompt("1"), await input("2"), prompt("3")].join(" ")');
    for (const prompt of ['1', '2', '3']) {
      const asked = await probe.until(prompt, () =>
        probe.of('stdin', cell).find((m) => m.content.prompt === prompt),
      );
      answer(`a${prompt}`, asked.header);
    }
    expect(await result(cell)).toBe("'a1 a2 a3'");
  });

  it('asks one question after the other where a cell asks several at once', async () => {
    const cell = run('(await Promise.all([input("1"), input("2"), input("3")])).join(" ")');
    for (const prompt of ['1', '2', '3']) {
      const asked = await probe.until(prompt, () =>
        probe.of('stdin', cell).find(({ content }) => content.prompt === prompt),
      );
      expect(probe.of('stdin', cell)).toHaveLength(Number(prompt));
      answer(`a${prompt}`, asked.header);
    }
    expect(await result(cell)).toBe("'a1 a2 a3'");
  });

  it('asks the client whose cell it is, not the others', async () => {
    const other = await set.probe(client);
    const cell = run('prompt("who?")');
    answer('me', (await question(cell)).header);
    expect(await result(cell)).toBe("'me'");
    expect(other.of('stdin')).toEqual([]);
  });

  it.each(['prompt("?")', 'confirm("?")', 'await input("?")'])(
    '%s throws where none is allowed',
    async (code) => {
      const cell = run(code, { allow_stdin: false });
      const { content } = await probe.settled(cell);
      expect(content).toMatchObject({ status: 'error', ename: 'StdinNotAllowedError' });
      expect(content.evalue).toContain('allow_stdin is false');
      expect(probe.of('stdin', cell)).toEqual([]);
    },
  );

  it('drops an answer to an earlier question, one of another client, and one that is no text', async () => {
    const first = run('prompt("first")');
    const old = (await question(first)).header;
    answer('one', old);
    await probe.settled(first);
    answer('nobody waits', old);
    const second = run('prompt("second")');
    const asked = await question(second);
    answer('stale', old);
    (await set.probe(client)).send('stdin', 'input_reply', { value: 'not mine' });
    for (const value of [5, null, {}, undefined]) answer(value, asked.header);
    probe.send('stdin', 'input_reply', [] as unknown as Json, { parent: asked.header });
    await probe.request('control', 'kernel_info_request', {});
    answer('right', asked.header);
    expect(await result(second)).toBe("'right'");
  });

  it.each(['prompt("?")', 'await input("?")'])(
    'an interrupt ends %s, and a late answer goes nowhere',
    async (code) => {
      const cell = run(`globalThis.kept = 1; ${code}`);
      const asked = await question(cell);
      await probe.request('control', 'interrupt_request', {});
      expect(await result(cell)).toBe('Interrupted');
      answer('late', asked.header);
      const next = run('prompt("next")');
      answer('right', (await question(next)).header);
      expect(await result(next)).toBe("'right'");
      expect(await resultOf(client, 'kept')).toBe('1');
    },
  );

  it('answers requests while a cell waits', async () => {
    const cell = run('prompt("?")');
    const asked = await question(cell);
    expect((await probe.request('shell', 'kernel_info_request', {})).content.status).toBe('ok');
    expect((await client.complete('Mat')).matches).toContain('Math');
    answer('x', asked.header);
    expect(await result(cell)).toBe("'x'");
  });
});
