import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import type { KernelClient } from '../../../kernel/client/client.ts';
import { residentMiB } from '../support/alive.ts';
import { kernels } from '../support/kernels.ts';
import { answerable, type Mutant, mutant, sendMutant } from '../support/mutants.ts';
import type { Probe } from '../support/probe.ts';

/** Mutated messages that are sent. */
const MESSAGES = 12_000;
/** Between two of these the kernel must serve a request. */
const BATCH = 200;

const set = kernels();
let client: KernelClient;
let probe: Probe;

beforeAll(async () => {
  client = await set.start();
  probe = await set.probe(client);
});

const DELIMITER = Buffer.from('<IDS|MSG>');

/** The messages themselves would be megabytes: the seed gives them again. */
function reporter({ failed, seed, errorInstance }: fc.RunDetails<[Mutant[]]>): void {
  if (failed) throw new Error(`seed ${seed}: ${String(errorInstance)}`);
}

/** Runs a cell, again where an error in a cell before it aborted it. */
async function served(): Promise<void> {
  for (let at = 0; at < 50; at += 1) {
    const { status, outputs } = await client.execute('6 * 7', { timeout: 20_000 });
    if (status === 'aborted') continue;
    expect(outputs).toMatchObject([{ data: { 'text/plain': '42' } }]);
    return;
  }
  throw new Error('cells are aborted for ever');
}

describe('bad input', () => {
  it(`${MESSAGES} mutated messages: each next request is served`, { timeout: 120_000 }, async () => {
    const host = client.process?.pid ?? 0;
    const measure = async (): Promise<number> => {
      await served();
      return process.platform === 'linux' ? residentMiB(host) : 0;
    };
    const memory: number[] = [];
    let sent = 0;
    let answered = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.array(mutant, { minLength: BATCH, maxLength: BATCH, size: 'max' }),
        async (mutants) => {
          for (const each of mutants) sent += sendMutant(probe, each);
          for (const channel of ['shell', 'control'] as const) {
            const reply = await probe.request(channel, 'kernel_info_request', {});
            expect(reply.content.status).toBe('ok');
          }
          await served();
          for (const id of mutants.map(answerable)) {
            if (id === undefined) continue;
            const header = { ...probe.factory.create('mutant', {}).header, msg_id: id };
            await probe.idle(header);
            expect(probe.states(header)[0]).toBe('busy');
            answered += 1;
          }
          probe.received.length = 0;
          memory.push(await measure());
        },
      ),
      { numRuns: MESSAGES / BATCH, endOnFailure: true, reporter },
    );
    expect(sent).toBeGreaterThanOrEqual(10_000);
    expect(answered).toBeGreaterThan(2000);
    expect(client.process?.pid).toBe(host);
    // What is kept of a message is its signature (64 letters) and the header of its request: well below 1 KiB.
    // The second half may not take more than 60 MiB beyond the first: 10 KiB a message would be seen.
    const half = memory.length >> 1;
    expect(Math.max(...memory.slice(half)) - Math.max(...memory.slice(0, half))).toBeLessThan(60);
  });

  it('code that would overflow the parser, large messages and floods of frames', {
    timeout: 60_000,
  }, async () => {
    const large = Buffer.alloc(8 << 20, 'x');
    for (const channel of ['shell', 'control', 'stdin'] as const) {
      probe.sendFrames(channel, [large]);
      probe.sendFrames(
        channel,
        Array.from({ length: 20_000 }, () => Buffer.alloc(0)),
      );
      probe.sendFrames(channel, [DELIMITER, ...Array.from({ length: 5 }, () => large)]);
    }
    const request = (code: string): Promise<unknown> =>
      probe.request('shell', 'complete_request', { code, cursor_pos: code.length });
    for (const code of [
      '('.repeat(300_000),
      'a.'.repeat(100_000),
      '"'.repeat(300_001),
      '['.repeat(200_000),
    ]) {
      await request(code);
      await probe.request('shell', 'inspect_request', { code, cursor_pos: code.length });
      await probe.request('shell', 'is_complete_request', { code });
    }
    await probe.request('shell', 'history_request', {
      hist_access_type: 'search',
      pattern: '*a'.repeat(1000),
    });
    await served();
  });
});
