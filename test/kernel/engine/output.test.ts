import { beforeAll, describe, expect, it } from 'vitest';
import type { KernelClient } from '../../../kernel/client/client.ts';
import type { Header, Message } from '../../../kernel/message/types.ts';
import { residentMiB } from '../support/alive.ts';
import { kernels, resultOf, streamText } from '../support/kernels.ts';
import { Probe } from '../support/probe.ts';

const set = kernels();
let client: KernelClient;
let probe: Probe;

beforeAll(async () => {
  client = await set.start();
  probe = await set.probe(client);
});

const run = (code: string): Header => probe.send('shell', 'execute_request', { code });
const text = (messages: readonly Message[], name?: string): string =>
  messages
    .filter(({ content }) => name === undefined || content.name === name)
    .map(({ content }) => content.text)
    .join('');

/** stdout and stderr of a cell, as far as they came before its idle. */
async function printed(code: string): Promise<{ stdout: string; stderr: string; messages: Message[] }> {
  const header = run(code);
  const { content } = await probe.settled(header);
  if (content.status !== 'ok') throw new Error(`${String(content.ename)}: ${String(content.evalue)}`);
  const all = probe.of('iopub', header);
  const idle = all.findIndex((message) => message.content.execution_state === 'idle');
  const messages = all.slice(0, idle).filter(({ header: { msg_type } }) => msg_type === 'stream');
  return { messages, stdout: text(messages, 'stdout'), stderr: text(messages, 'stderr') };
}

describe('a flood', () => {
  it('of 10⁶ lines reaches a client that reads slowly: whole, in order, in few messages, in bounded memory', async () => {
    // Its own queue is short, so that what it does not read waits in the kernel.
    const slow = await Probe.connect(client.connection, { highWaterMark: 2 });
    const host = client.process?.pid ?? 0;
    const before = residentMiB(host);
    const header = run('for (let i = 0; i < 1e6; i++) console.log(i)');
    await slow.until('the first lines', () => slow.published('stream', header)[0]);
    const resume = slow.pause();
    await probe.settled(header, 60_000);
    // 6.9 MB of text wait in the host for this client, and once more where they are encoded and signed.
    // 150 MiB leave room for garbage that is not collected yet; one message a line would need over 1 GiB.
    if (process.platform === 'linux') expect(residentMiB(host) - before).toBeLessThan(150);
    resume();
    await slow.idle(header, 60_000);
    const streams = slow.published('stream', header);
    const lines = text(streams).split('\n');
    expect(lines.pop()).toBe('');
    expect(lines.length).toBe(1e6);
    expect(lines.findIndex((line, at) => line !== String(at))).toBe(-1);
    expect(streams.length).toBeLessThan(1000);
    slow.close();
    probe.received.length = 0;
  });

  it('of 10,000 lines comes in at most 40 messages', async () => {
    const { stdout, messages } = await printed('for (let i = 0; i < 10_000; i++) console.log("line", i)');
    expect(stdout).toBe(Array.from({ length: 10_000 }, (_, at) => `line ${at}\n`).join(''));
    expect(messages.length).toBeLessThanOrEqual(40);
  });

  it('in one piece of 20 MB keeps every character', async () => {
    const { stdout } = await printed('process.stdout.write("é😀".repeat(4_000_000))');
    expect(stdout === 'é😀'.repeat(4_000_000)).toBe(true);
  });

  it('with nobody listening on iopub harms nothing', async () => {
    const quiet = await set.start();
    const shell = await Probe.connect(quiet.connection, { topic: 'iopub_welcome' });
    quiet.close();
    const header = shell.send('shell', 'execute_request', {
      code: 'for (let i = 0; i < 2e5; i++) console.log(i); 1',
    });
    expect((await shell.until('the reply', () => shell.replyTo(header), 60_000)).content.status).toBe('ok');
    shell.close();
    await quiet.kill();
  });
});

it('console.trace says what was traced, and where', async () => {
  const { stderr } = await printed('const where = () => console.trace("here %d", 1); where()');
  expect(stderr).toMatch(/^Trace: here 1\n {4}at where \(cell-\d+\.ts:1:29\)\n/);
});

describe('an end of process.stdout', () => {
  const pipelines = `const { pipeline } = require('node:stream/promises'); const { Readable } = require('node:stream');`;
  it.each([
    [
      'a pipeline',
      `await require('node:stream/promises').pipeline(require('node:stream').Readable.from(['x\\n', 'y\\n']), process.stdout)`,
      'x\ny\n',
    ],
    [
      'a finish',
      `await new Promise<void>((r) => process.stdout.once('finish', () => r()).end('bye'))`,
      'bye',
    ],
    ['a callback', `await new Promise<void>((r) => process.stdout.end('bye', r))`, 'bye'],
    [
      'stream.finished',
      `{ const done = require('node:stream/promises').finished(process.stdout); process.stdout.end('bye'); await done; }`,
      'bye',
    ],
    [
      'two pipelines at once',
      `${pipelines} await Promise.all(['1', '2'].map((n) => pipeline(Readable.from([n]), process.stdout)))`,
      '12',
    ],
    [
      'an asynchronous iterator',
      `await require('node:stream/promises').pipeline(async function* () { yield 'a'; yield Buffer.from('é') }, process.stdout)`,
      'aé',
    ],
    [
      'a pipeline through a transform',
      `await require('node:stream/promises').pipeline(require('node:stream').Readable.from(['zipped']), require('node:zlib').createGzip(), require('node:zlib').createGunzip(), process.stderr)`,
      '',
    ],
  ])('of %s comes, and the next cells print', async (_what, code, expected) => {
    for (let time = 0; time < 3; time += 1) {
      const { stdout } = await client.execute(code, { timeout: 5000 }).then(({ outputs, error }) => {
        if (error) throw new Error(error.evalue);
        return { stdout: streamText(outputs, 'stdout') };
      });
      expect([...stdout].sort().join('')).toBe([...expected].sort().join(''));
      expect(
        (await printed('console.log("on"); process.stdout.write("and on"); console.error("e")')).stdout,
      ).toBe('on\nand on');
    }
    expect(await resultOf(client, 'process.stdout.writable && !process.stdout.destroyed')).toBe('true');
  });

  it('leaves no warning behind, however many there are', async () => {
    const { outputs } = await client.execute(
      `for (let i = 0; i < 20; i += 1) await require('node:stream/promises').pipeline(require('node:stream').Readable.from(['x']), process.stdout)`,
      { timeout: 5000 },
    );
    expect([streamText(outputs, 'stdout'), streamText(outputs, 'stderr')]).toEqual(['x'.repeat(20), '']);
  });

  it('of a source that fails is its error, and the next cells print', async () => {
    const { error } = await client.execute(
      `await require('node:stream/promises').pipeline(async function* () { yield 'a'; throw new Error('dry') }, process.stdout)`,
      { timeout: 5000 },
    );
    expect(error?.evalue).toBe('dry');
    expect((await printed('console.log("on")')).stdout).toBe('on\n');
  });
});

describe('the order', () => {
  it('of stdout and stderr is that of the writing', async () => {
    const { messages } = await printed(
      'for (let i = 1; i < 300; i++) { console.log(i); if (i % 3 === 0) console.error(-i) }',
    );
    const expected = Array.from({ length: 299 }, (_, at) => at + 1)
      .map((at) => `${at}\n${at % 3 === 0 ? `${-at}\n` : ''}`)
      .join('');
    expect(text(messages)).toBe(expected);
  });

  it('of prints, children and raw writes is that of the writing', async () => {
    const { stdout } = await printed(`
      for (let i = 0; i < 5; i++) {
        console.log('js', i);
        require('child_process').execSync('echo child ' + i, { stdio: 'inherit' });
        console.log('then', i);
        require('fs').writeSync(1, 'raw ' + i + '\\n');
      }
      await new Promise((r) => require('child_process').spawn('echo', ['last'], { stdio: 'inherit' }).on('exit', r)); 0`);
    const lines = [0, 1, 2, 3, 4].map((i) => `js ${i}\nchild ${i}\nthen ${i}\nraw ${i}\n`);
    expect(stdout).toBe(`${lines.join('')}last\n`);
  });

  it('of prints and the result: the result is last', async () => {
    const header = run('for (let i = 0; i < 1000; i++) console.log(i); "result"');
    await probe.settled(header);
    const types = probe.of('iopub', header).map(({ header: { msg_type } }) => msg_type);
    expect(types.slice(-2)).toEqual(['execute_result', 'status']);
    expect(text(probe.published('stream', header))).toHaveLength(3890);
  });
});

describe('captured before idle', () => {
  const cases: [string, string, string, string][] = [
    [
      'writes to fd 1 and 2',
      'require("fs").writeSync(1, "one"); require("fs").writeSync(2, "two")',
      'one',
      'two',
    ],
    ['console.error and warn', 'console.error("a"); console.warn("b"); console.info("c")', 'c\n', 'a\nb\n'],
    [
      'process.stdout.write in bytes',
      'process.stdout.write(Buffer.from("é😀")); process.stderr.write("x")',
      'é😀',
      'x',
    ],
    [
      'a child that inherits',
      `require('child_process').execSync('echo out; echo err >&2', { stdio: 'inherit' }); 0`,
      'out\n',
      'err\n',
    ],
    [
      'a child that is awaited',
      `await new Promise((r) => require('child_process').spawn('sh', ['-c', 'echo late'], { stdio: 'inherit' }).on('exit', r)); 0`,
      'late\n',
      '',
    ],
    [
      'a worker',
      `const { Worker } = await import('node:worker_threads'); await new Promise((r) => new Worker('console.log("w")', { eval: true }).on('exit', r)); 0`,
      'w\n',
      '',
    ],
  ];
  it.each(cases)('%s', async (_what, code, stdout, stderr) => {
    const seen = await printed(code);
    expect([seen.stdout, seen.stderr]).toEqual([stdout, stderr]);
  });

  it('100,000 lines of a child', async () => {
    const { stdout } = await printed(
      `require('child_process').execSync('seq 100000', { stdio: 'inherit' }); 0`,
    );
    expect(stdout).toBe(Array.from({ length: 100_000 }, (_, at) => `${at + 1}\n`).join(''));
  });

  it('while the cell still runs', async () => {
    const header = run('console.log("now"); while (true) {}');
    await probe.until('the line', () => probe.published('stream', header)[0]);
    expect(probe.replyTo(header)).toBeUndefined();
    await probe.request('control', 'interrupt_request', {});
    await probe.settled(header);
  });
});

it('goes on where descriptors 1 and 2 have been closed', async () => {
  await printed('require("fs").closeSync(1); require("fs").closeSync(2); 0');
  const { stdout, stderr } = await printed('console.log("still"); console.error("here")');
  expect([stdout, stderr]).toEqual(['still\n', 'here\n']);
});
