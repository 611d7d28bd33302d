import { beforeAll, describe, expect, it } from 'vitest';
import type { KernelClient } from '../../../kernel/client/client.ts';
import type { Header } from '../../../kernel/message/types.ts';
import { kernels, resultOf } from '../support/kernels.ts';
import type { Probe } from '../support/probe.ts';

/** Tries for each state; 200 in the measured runs. */
const TRIES = Number(process.env.DESCENT_INTERRUPT_TRIES ?? 20);

const set = kernels();
let client: KernelClient;
let probe: Probe;

beforeAll(async () => {
  client = await set.start();
  probe = await set.probe(client);
});

/** Each cell prints `on` when it is in its state, and would never end. */
const STATES: [string, string][] = [
  ['a loop', 'console.log("on"); while (true) {}'],
  ['a loop that prints', 'for (let i = 0; ; i++) console.log("on", i)'],
  ['a loop after an await', 'await null; console.log("on"); while (true) {}'],
  ['a loop that awaits microtasks', 'console.log("on"); while (true) await null'],
  ['a loop that awaits timers', 'console.log("on"); while (true) await new Promise((r) => setTimeout(r, 0))'],
  [
    'a flood of microtasks',
    'console.log("on"); const flood = () => { Promise.resolve().then(flood) }; flood(); await new Promise(() => {})',
  ],
  [
    'a flood of ticks',
    'console.log("on"); const ticks = () => { process.nextTick(ticks) }; ticks(); await new Promise(() => {})',
  ],
  [
    'a timer callback',
    'setTimeout(() => { console.log("on"); while (true) {} }, 0); await new Promise(() => {})',
  ],
  [
    'an immediate callback',
    'setImmediate(() => { console.log("on"); while (true) {} }); await new Promise(() => {})',
  ],
  ['a promise that never settles', 'console.log("on"); await new Promise(() => {})'],
  ['a regular expression', 'console.log("on"); /^(a+)+$/.test("a".repeat(60) + "b")'],
  [
    'JSON and sorting',
    'console.log("on"); const big = Array.from({ length: 1e5 }, (_, i) => i); while (true) JSON.parse(JSON.stringify(big.sort()))',
  ],
  [
    'try and finally',
    'console.log("on"); while (true) { try { while (true) {} } catch {} finally { globalThis.f = 1 } }',
  ],
  ['a generator', 'console.log("on"); function* g() { while (true) yield 1 } for (const x of g()) {}'],
  ['a wait on an atomic', 'console.log("on"); Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0)'],
];
const QUESTIONS: [string, string][] = [
  ['prompt()', 'prompt("?")'],
  ['await input()', 'await input("?")'],
];

async function interruptAndCheck(cell: Header, at: number): Promise<void> {
  await probe.request('control', 'interrupt_request', {});
  const { content } = await probe.settled(cell, 10_000);
  expect([content.status, content.ename, content.evalue]).toEqual([
    ...['error', 'Interrupted', 'the cell was stopped; all variables are kept'],
  ]);
  const next = probe.send('shell', 'execute_request', { code: 'kept' });
  await probe.settled(next, 10_000);
  expect(probe.published('execute_result', next)[0]?.content.data).toEqual({ 'text/plain': String(at) });
  probe.received.length = 0;
}

describe(`interrupt, ${TRIES} tries each`, { timeout: 20_000 + TRIES * 1000 }, () => {
  it.each(STATES)('%s', async (_state, body) => {
    for (let at = 0; at < TRIES; at += 1) {
      const cell = probe.send('shell', 'execute_request', { code: `var kept = ${at}; ${body}` });
      await probe.until('the state', () => probe.published('stream', cell)[0]);
      await interruptAndCheck(cell, at);
    }
  });

  it.each(QUESTIONS)('%s', async (_state, body) => {
    for (let at = 0; at < TRIES; at += 1) {
      const cell = probe.send('shell', 'execute_request', {
        code: `var kept = ${at}; ${body}`,
        allow_stdin: true,
      });
      await probe.until('the question', () => probe.of('stdin', cell)[0]);
      await interruptAndCheck(cell, at);
    }
  });

  it('sent together with the cell, before it has begun', async () => {
    const interrupted = async (): Promise<boolean> => {
      const cell = probe.send('shell', 'execute_request', { code: 'while (true) {}' });
      await probe.until('busy', () => probe.states(cell)[0]);
      await probe.request('control', 'interrupt_request', {});
      const { content } = await probe.settled(cell, 10_000);
      return content.ename === 'Interrupted' && !String(content.evalue).includes('lost');
    };
    for (let at = 0; at < TRIES; at += 1) expect(await interrupted()).toBe(true);
  });

  it('as cells end and others begin: each is answered', async () => {
    for (let at = 0; at < 10 * TRIES; at += 1) {
      const cells = [0, 1, 2, 3].map((index) => {
        if (index % 2 === 1) probe.send('control', 'interrupt_request', {});
        const code = `const end = performance.now() + ${(at + index) % 5}; while (performance.now() < end);`;
        return probe.send('shell', 'execute_request', { code, stop_on_error: false });
      });
      for (const cell of cells) {
        const { content } = await probe.settled(cell, 10_000);
        if (content.status !== 'ok') expect(content).toMatchObject({ ename: 'Interrupted' });
      }
      probe.received.length = 0;
    }
  });

  it('of an idle kernel does nothing to the cell that comes next', async () => {
    for (let at = 0; at < TRIES; at += 1) {
      expect((await probe.request('control', 'interrupt_request', {})).content).toEqual({ status: 'ok' });
      expect(await resultOf(client, `${at}; for (let i = 0; i < 1e5; i++); ${at}`)).toBe(String(at));
    }
  });
});

describe('interrupt', () => {
  it('aborts the cells that are queued', async () => {
    const first = probe.send('shell', 'execute_request', { code: 'console.log("on"); while (true) {}' });
    const rest = [1, 2, 3].map((at) =>
      probe.send('shell', 'execute_request', { code: `globalThis.ran = ${at}` }),
    );
    await probe.until('the start', () => probe.published('stream', first)[0]);
    await probe.request('control', 'kernel_info_request', {});
    await probe.request('control', 'interrupt_request', {});
    expect((await probe.settled(first)).content.ename).toBe('Interrupted');
    for (const header of rest) expect((await probe.settled(header)).content.status).toBe('aborted');
    expect(await resultOf(client, 'typeof ran')).toBe("'undefined'");
  });

  it('ends the evaluation of user_expressions, also one that has yet to begin', async () => {
    const content = {
      code: 'console.log("on")',
      user_expressions: { a: '1', b: '(() => { while (true); })()' },
    };
    let evaluations = 0;
    for (let at = 0; at < TRIES; at += 1) {
      const cell = probe.send('shell', 'execute_request', content);
      await probe.until('the start', () => probe.published('stream', cell)[0]);
      const { content: reply } = await untilAnswered(cell);
      const kept = { ename: 'Interrupted', evalue: 'the cell was stopped; all variables are kept' };
      // The cell itself may still have been running.
      if (reply.status === 'error') expect(reply).toMatchObject(kept);
      else expect(reply.user_expressions).toMatchObject({ b: { status: 'error', ename: 'Interrupted' } });
      if (reply.status === 'ok') evaluations += 1;
      expect(await resultOf(client, '1', { timeout: 10_000 })).toBe('1');
    }
    expect(evaluations).toBeGreaterThan(0);
  });

  it('ends the handler of a comm message, also one that has yet to begin', async () => {
    await resultOf(client, `comms.registerTarget('loop', () => { while (true); })`);
    for (let at = 0; at < TRIES; at += 1) {
      const open = probe.send('shell', 'comm_open', { comm_id: `loop ${at}`, target_name: 'loop', data: {} });
      await probe.until('busy', () => probe.states(open)[0]);
      await probe.request('control', 'interrupt_request', {});
      await probe.idle(open);
      expect(await resultOf(client, '1', { timeout: 10_000 })).toBe('1');
    }
  });

  it('keeps names declared that the cell had not reached', async () => {
    const cell = probe.send('shell', 'execute_request', {
      code: 'console.log("on"); while (true) {} const never = 1;',
    });
    await probe.until('the start', () => probe.published('stream', cell)[0]);
    await probe.request('control', 'interrupt_request', {});
    await probe.settled(cell);
    expect(await resultOf(client, 'typeof never')).toBe("'undefined'");
    expect(await resultOf(client, 'const never = 2; never')).toBe('2');
  });

  it('is what SIGINT to the host does', async () => {
    const cell = probe.send('shell', 'execute_request', {
      code: 'var kept = 5; console.log("on"); while (true) {}',
    });
    await probe.until('the start', () => probe.published('stream', cell)[0]);
    process.kill(client.process?.pid ?? 0, 'SIGINT');
    expect((await probe.settled(cell)).content.ename).toBe('Interrupted');
    expect(await resultOf(client, 'kept')).toBe('5');
    process.kill(client.process?.pid ?? 0, 'SIGINT');
    expect(await resultOf(client, 'kept')).toBe('5');
  });

  it('ends native code that cannot be stopped with its runtime, and says so', {
    timeout: 60_000,
  }, async () => {
    const code = `require('node:child_process').execSync('echo on; sleep 600', { stdio: 'inherit' })`;
    const cell = probe.send('shell', 'execute_request', { code });
    await probe.until('the start', () => probe.published('stream', cell)[0]);
    await probe.request('control', 'interrupt_request', {});
    const { content } = await probe.settled(cell);
    expect(content.ename).toBe('Interrupted');
    expect(content.evalue).toContain('its variables are lost');
    expect(await resultOf(client, 'typeof kept')).toBe("'undefined'");
  });
});

/** Interrupts until the cell answers: its code may have just ended when the first one comes. */
async function untilAnswered(cell: Header): ReturnType<Probe['settled']> {
  while (!probe.replyTo(cell)) await probe.request('control', 'interrupt_request', {});
  return probe.settled(cell);
}
