import { beforeAll, describe, expect, it } from 'vitest';
import type { Header } from '../../../kernel/message/types.ts';
import { survivors } from '../support/alive.ts';
import { kernels, streamText } from '../support/kernels.ts';
import type { Probe } from '../support/probe.ts';

const set = kernels();

describe('while a cell computes', () => {
  let probe: Probe;
  let cell: Header;

  /** Runs `body` while a cell computes; the cell ends only when all of it has been answered. */
  const whileBusy = async (body: () => Promise<void>): Promise<void> => {
    cell = probe.send('shell', 'execute_request', { code: 'console.log("on"); while (true) {}' });
    await probe.until('the start', () => probe.published('stream', cell)[0]);
    await body();
    expect(probe.replyTo(cell)).toBeUndefined();
    await probe.request('control', 'interrupt_request', {});
    expect((await probe.settled(cell)).content.ename).toBe('Interrupted');
  };

  beforeAll(async () => {
    probe = await set.probe(await set.start());
  });

  it('the heartbeat comes back frame by frame, before the cell ends', async () => {
    const code = 'console.log("on"); const end = Date.now() + 2000; while (Date.now() < end) {}';
    const busy = probe.send('shell', 'execute_request', { code });
    await probe.until('the start', () => probe.published('stream', busy)[0]);
    for (let at = 0; at < 20; at += 1) {
      const beat = [Buffer.alloc(0), Buffer.from(`beat ${at}`)];
      probe.sendFrames('hb', beat);
      const back = await probe.until(
        'the beat',
        () => probe.received.filter(({ channel }) => channel === 'hb')[at],
      );
      expect(back.frames).toEqual(beat);
    }
    expect(probe.states(busy)).toEqual(['busy']);
    expect((await probe.settled(busy)).content.status).toBe('ok');
  });

  it.each(['shell', 'control'] as const)(
    'kernel_info, history and comm_info answer on %s',
    async (channel) => {
      await whileBusy(async () => {
        const { content } = await probe.request(channel, 'kernel_info_request', {});
        expect(content).toMatchObject({ status: 'ok', protocol_version: '5.5', implementation: 'descent' });
        const history = { hist_access_type: 'tail', n: 1, output: false, raw: true };
        expect((await probe.request(channel, 'history_request', history)).content.status).toBe('ok');
        expect((await probe.request(channel, 'comm_info_request', {})).content.status).toBe('ok');
      });
    },
  );

  it('completion, inspection and is_complete answer', async () => {
    await probe.request('shell', 'execute_request', { code: 'const wide = { alpha: 1, alphabet: 2 }' });
    await whileBusy(async () => {
      const found = await probe.request('shell', 'complete_request', { code: 'wide.alph', cursor_pos: 9 });
      expect(found.content).toMatchObject({ matches: ['alpha', 'alphabet'], cursor_start: 5, cursor_end: 9 });
      const seen = await probe.request('shell', 'inspect_request', {
        code: 'wide',
        cursor_pos: 2,
        detail_level: 0,
      });
      expect(seen.content.found).toBe(true);
      const judged = await probe.request('shell', 'is_complete_request', { code: 'f(' });
      expect(judged.content.status).toBe('incomplete');
    });
  });

  it('says busy again after the idle of another request', async () => {
    await whileBusy(async () => {
      await probe.request('control', 'kernel_info_request', {});
      await probe.until('busy', () => probe.states().at(-1) === 'busy');
      expect(probe.published('status').at(-1)?.parentHeader).toEqual(cell);
    });
  });
});

describe('kernel_info_reply', () => {
  it('has what front-ends read', async () => {
    const { info } = await set.start();
    expect(info).toMatchObject({
      ...{ status: 'ok', protocol_version: '5.5', implementation: 'descent', debugger: false },
      language_info: {
        ...{
          name: 'typescript',
          mimetype: 'text/typescript',
          file_extension: '.ts',
          pygments_lexer: 'typescript',
        },
      },
    });
    expect(info.implementation_version).toMatch(/^\d+\.\d+\.\d+/);
    expect(info.supported_features).toEqual([]);
    for (const link of info.help_links as object[]) {
      expect(link).toEqual({ text: expect.any(String), url: expect.stringMatching(/^https:/) });
    }
  });
});

describe('shutdown', () => {
  it.each([
    ['control', 'idle', '0', true],
    ['shell', 'idle', '0', false],
    ['control', 'computing', 'while (true) {}', false],
    ['control', 'waiting', 'await new Promise(() => {})', true],
    ['control', 'asking', 'prompt("?")', false],
  ] as const)(
    'on %s while %s ends the host, the runtime and what cells started',
    async (channel, _state, code, restart) => {
      const client = await set.start();
      const probe = await set.probe(client);
      const start = `const { spawn } = await import('node:child_process');
      console.log(process.pid, spawn('sleep', ['600']).pid, spawn('sleep', ['600'], { stdio: 'inherit' }).pid)`;
      const { outputs } = await client.execute(start);
      const pids = [...streamText(outputs, 'stdout').trim().split(' ').map(Number), client.process?.pid ?? 0];
      expect(pids).toHaveLength(4);
      expect(await survivors(pids, 0)).toHaveLength(4);
      const cell = probe.send('shell', 'execute_request', { code, allow_stdin: true });
      await probe.until('busy', () => probe.published('execute_input', cell)[0]);
      const request = probe.send(channel, 'shutdown_request', { restart });
      const reply = await probe.settled(request);
      expect(reply.content).toEqual({ status: 'ok', restart });
      expect(await client.process?.exited).toMatchObject({ code: 0, signal: null });
      expect(await survivors(pids)).toEqual([]);
    },
  );

  it('loses nothing of what a flood has printed before it', async () => {
    const client = await set.start();
    const probe = await set.probe(client);
    const cell = probe.send('shell', 'execute_request', {
      code: 'for (let i = 0; i < 50_000; i++) console.log(i)',
    });
    probe.send('control', 'kernel_info_request', {});
    await probe.settled(cell);
    await probe.settled(probe.send('control', 'shutdown_request', { restart: false }));
    const text = probe
      .published('stream', cell)
      .map(({ content }) => content.text)
      .join('');
    expect(text).toBe(Array.from({ length: 50_000 }, (_, at) => `${at}\n`).join(''));
  });
});
