import { beforeAll, describe, expect, it } from 'vitest';
import type { KernelClient } from '../../../kernel/client/client.ts';
import { kernels } from '../support/kernels.ts';
import { Probe } from '../support/probe.ts';

const set = kernels();
let client: KernelClient;

beforeAll(async () => {
  client = await set.start();
});

describe('iopub', () => {
  it('has the topic of a message as its first frame: the message type', async () => {
    const probe = await set.probe(client);
    await probe.request('shell', 'execute_request', { code: 'console.log("out"); console.error("err"); 3' });
    const types = probe.received
      .filter(({ channel, message }) => channel === 'iopub' && message.header.msg_type !== 'iopub_welcome')
      .map(({ frames, message }) => [String(frames[0]), message.header.msg_type]);
    for (const [topic, type] of types) expect(topic).toBe(type);
    expect(new Set(types.map(([, type]) => type))).toEqual(
      new Set(['status', 'execute_input', 'stream', 'execute_result']),
    );
  });

  it('welcomes every subscriber, with what it subscribed to', async () => {
    // Probe.connect returns once the welcome has come: without one the second would time out.
    const probes = [await set.probe(client), await set.probe(client)];
    for (const probe of probes) {
      expect(probe.published('iopub_welcome')[0]).toMatchObject({
        content: { subscription: '' },
        parentHeader: {},
      });
    }
    const narrow = await Probe.connect(client.connection, { topic: 'iopub_w' }).catch(() => undefined);
    narrow?.close();
    expect(narrow?.published('iopub_welcome')[0]?.content).toEqual({ subscription: 'iopub_w' });
  });

  it('brings a subscriber of one topic its messages only', async () => {
    const probe = await set.probe(client);
    const streams = await Probe.connect(client.connection, { topic: 'stream' });
    await probe.request('shell', 'execute_request', { code: 'console.log("x"); 1' });
    await streams.until('the stream', () => streams.published('stream')[0]);
    expect(new Set(streams.of('iopub').map(({ header }) => header.msg_type))).toEqual(
      new Set(['iopub_welcome', 'stream']),
    );
    streams.close();
  });

  it('says starting once, with nobody as the cause, and not again for a fresh runtime', async () => {
    const probe = await set.probe(client);
    await probe.request('shell', 'execute_request', { code: 'process.exit(0)' });
    await probe.request('shell', 'execute_request', { code: '1' });
    expect(probe.states()).not.toContain('starting');
  });

  it('shows each client what the others run', async () => {
    const [first, second] = [await set.probe(client), await set.probe(client)];
    const header = first.send('shell', 'execute_request', { code: '"shared"' });
    await second.idle(header);
    expect(second.published('execute_input', header)[0]?.content).toMatchObject({ code: '"shared"' });
    expect(second.published('execute_result', header)).toHaveLength(1);
  });
});
