import { beforeAll, describe, expect, it } from 'vitest';
import type { Header, Json } from '../../../kernel/message/types.ts';
import { kernels } from '../support/kernels.ts';
import type { Probe } from '../support/probe.ts';

const set = kernels();
let probe: Probe;

beforeAll(async () => {
  probe = await set.probe(await set.start());
});

const run = (code: string, more: Json = {}): Header =>
  probe.send('shell', 'execute_request', { code, ...more });

async function counts(...codes: [string, Json][]): Promise<unknown[]> {
  const replies = [];
  for (const [code, more] of codes) replies.push(await probe.settled(run(code, more)));
  return replies.map(({ content }) => content.execution_count);
}

describe('the execution count', () => {
  it('grows with each cell that is stored, also with one that fails', async () => {
    const [before] = (await counts(['0', {}])) as [number];
    expect(
      await counts(
        ['1', {}],
        ['throw 1', {}],
        ['1 +', {}],
        ['1', { silent: true }],
        ['1', { silent: true, store_history: true }],
        ['1', { store_history: false }],
        ['1', {}],
      ),
    ).toEqual([1, 2, 3, 3, 3, 3, 4].map((more) => before + more));
  });

  it('is the same in the input, the result and the reply', async () => {
    const header = run('40 + 2');
    const reply = await probe.settled(header);
    const count = reply.content.execution_count;
    expect(probe.published('execute_input', header)[0]?.content).toEqual({
      code: '40 + 2',
      execution_count: count,
    });
    expect(probe.published('execute_result', header)[0]?.content).toMatchObject({ execution_count: count });
  });
});

describe('an error', () => {
  it.each([
    ['at once', 'throw new Error("stop")'],
    ['before it runs', '1 +'],
    ['after a while', 'await new Promise((r) => setTimeout(r, 100)); throw new Error("stop")'],
  ])('%s aborts what is queued: busy, reply and idle for each', async (_when, code) => {
    // While this one runs the others arrive.
    run('await new Promise((r) => setTimeout(r, 300))');
    const failing = run(code);
    const queued = Array.from({ length: 30 }, (_, at) => run(`globalThis.ran = ${at}`));
    const reply = await probe.settled(failing);
    const { ename, evalue, traceback, execution_count: count } = reply.content;
    expect([reply.content.status, typeof ename, typeof evalue, Array.isArray(traceback)]).toEqual([
      ...['error', 'string', 'string', true],
    ]);
    for (const header of queued) {
      const { content } = await probe.settled(header);
      expect(content).toMatchObject({ status: 'aborted', execution_count: count });
      expect(probe.states(header)).toEqual(['busy', 'idle']);
      expect(probe.published('execute_input', header)).toEqual([]);
    }
    // One sent after the reply runs, with the next number.
    const next = await probe.settled(run('typeof ran'));
    expect(next.content).toMatchObject({ status: 'ok', execution_count: Number(count) + 1 });
  });

  it('aborts no other requests', async () => {
    const failing = run('await new Promise((r) => setTimeout(r, 50)); throw 1');
    const info = probe.send('shell', 'kernel_info_request', {});
    await probe.settled(failing);
    expect((await probe.settled(info)).content.status).toBe('ok');
  });

  it.each([
    ['with stop_on_error false', { stop_on_error: false }],
    ['in a silent cell', { silent: true }],
  ])('%s lets the queue run', async (_which, more) => {
    const headers = [run('throw 1', more), run('1'), run('2')];
    const replies = [];
    for (const header of headers) replies.push((await probe.settled(header)).content.status);
    expect(replies).toEqual(['error', 'ok', 'ok']);
  });
});

describe('cells', () => {
  it('run one after another in the order of their requests', async () => {
    run('var order: number[] = []');
    const headers = Array.from({ length: 20 }, (_, at) =>
      run(`await new Promise((r) => setTimeout(r, ${at % 3})); order.push(${at})`),
    );
    await probe.settled(headers.at(-1) as Header);
    const shown = run('order.join()');
    await probe.settled(shown);
    const expected = Array.from({ length: 20 }, (_, at) => at).join();
    expect(probe.published('execute_result', shown)[0]?.content.data).toEqual({
      'text/plain': `'${expected}'`,
    });
  });
});
