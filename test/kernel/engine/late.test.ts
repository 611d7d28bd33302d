import { beforeAll, describe, expect, it } from 'vitest';
import type { Header, Message } from '../../../kernel/message/types.ts';
import { kernels } from '../support/kernels.ts';
import type { Probe } from '../support/probe.ts';

const set = kernels();
let probe: Probe;

beforeAll(async () => {
  probe = await set.probe(await set.start());
});

const run = (code: string): Header => probe.send('shell', 'execute_request', { code });
const first = (type: string, header: Header): Promise<Message> =>
  probe.until(`${type} of the cell`, () => probe.published(type, header)[0]);

/** The cell is over, and others have run after it, when it prints. */
async function afterOthers(code: string): Promise<Header> {
  const header = run(code);
  await probe.settled(header);
  for (let at = 0; at < 3; at += 1) await probe.settled(run(`console.log("other ${at}")`));
  await probe.settled(run('globalThis.go?.()'));
  return header;
}

describe('late output belongs to the cell that started it', () => {
  it.each([
    ['a timer', 'setTimeout(() => console.log("late"), 200); 0'],
    ['an interval', 'const every = setInterval(() => { console.log("late"); clearInterval(every) }, 200); 0'],
    ['a promise', 'new Promise((go) => { globalThis.go = go }).then(() => console.log("late")); 0'],
    [
      'an async function',
      '(async () => { await new Promise((r) => setTimeout(r, 200)); console.log("late") })(); 0',
    ],
    ['an immediate after a timer', 'setTimeout(() => setImmediate(() => console.log("late")), 150); 0'],
    ['a child process', `require('child_process').exec('sleep 0.2', () => console.log("late")); 0`],
    ['a file', `setTimeout(() => require('fs').readFile('/dev/null', () => console.log("late")), 150); 0`],
  ])('of %s', async (_what, code) => {
    const header = await afterOthers(code);
    expect((await first('stream', header)).content).toEqual({ name: 'stdout', text: 'late\n' });
  });

  it('also what it displays, and updates', async () => {
    const header = await afterOthers('setTimeout(() => display("late").update("later"), 200); 0');
    expect((await first('display_data', header)).content.data).toEqual({ 'text/plain': "'late'" });
    expect((await first('update_display_data', header)).content.data).toEqual({ 'text/plain': "'later'" });
  });

  it('also the error of what it cannot display', async () => {
    const failing = "{ [Symbol.for('Jupyter.display')]: () => Promise.reject(new RangeError('no picture')) }";
    const header = await afterOthers(`setTimeout(() => display(${failing}), 200); 0`);
    expect((await first('error', header)).content).toMatchObject({
      ename: 'RangeError',
      evalue: 'no picture',
    });
  });

  it('while the next cell computes', async () => {
    const header = run(
      '(async () => { await null; setTimeout(() => console.log("never before"), 0) })(); console.log("x")',
    );
    const next = run('const until = Date.now() + 300; while (Date.now() < until); console.log("next")');
    await probe.settled(next);
    await probe.until('the late line', () =>
      probe.published('stream', header).some(({ content }) => String(content.text).includes('never before')),
    );
    expect(probe.published('stream', next).map(({ content }) => content.text)).toEqual(['next\n']);
  });
});

describe('a late error is shown in its cell and ends nothing', () => {
  it.each([
    ['an unhandled rejection', 'Promise.reject(new RangeError("late")); 0'],
    [
      'a rejection after a while',
      '(async () => { await new Promise((r) => setTimeout(r, 100)); throw new RangeError("late") })(); 0',
    ],
    ['an exception in a timer', 'setTimeout(() => { throw new RangeError("late") }, 100); 0'],
    ['an exception in an immediate', 'setImmediate(() => { throw new RangeError("late") }); 0'],
    ['an exception in a tick', 'process.nextTick(() => { throw new RangeError("late") }); 0'],
    [
      'an event without listener',
      'setTimeout(() => new (require("events"))().emit("error", new RangeError("late")), 50); 0',
    ],
    [
      'a child that does not start',
      'require("child_process").spawn("/nowhere").on("error", () => { throw new RangeError("late") }); 0',
    ],
  ])('%s', async (_what, code) => {
    const header = run(`globalThis.alive = 7; ${code}`);
    expect((await probe.settled(header)).content.status).toBe('ok');
    const { content } = await first('error', header);
    expect(content).toMatchObject({ ename: 'RangeError', evalue: 'late' });
    expect(String(content.traceback)).toContain('new RangeError("late")');
    const next = run('alive');
    await probe.settled(next);
    expect(probe.published('execute_result', next)[0]?.content.data).toEqual({ 'text/plain': '7' });
  });

  it('one thrown that is no error', async () => {
    const header = run('setTimeout(() => { throw null }, 0); Promise.reject(); 0');
    await probe.until('two errors', () => probe.published('error', header).length === 2);
  });

  it('aborts no cell that is queued', async () => {
    const header = run('Promise.reject(new Error("late")); await new Promise((r) => setTimeout(r, 100)); 1');
    const next = run('2');
    expect((await probe.settled(header)).content.status).toBe('ok');
    expect((await probe.settled(next)).content.status).toBe('ok');
  });
});
