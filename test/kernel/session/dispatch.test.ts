import { beforeAll, describe, expect, it } from 'vitest';
import type { KernelClient } from '../../../kernel/client/client.ts';
import type { Json, Message } from '../../../kernel/message/types.ts';
import { kernels } from '../support/kernels.ts';
import type { Probe } from '../support/probe.ts';

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const set = kernels();
let client: KernelClient;
let probe: Probe;

beforeAll(async () => {
  client = await set.start();
  probe = await set.probe(client);
});

/** type, content, and what the reply's status is. */
const REQUESTS: [string, Json, 'ok' | 'error' | 'incomplete'][] = [
  ['kernel_info_request', {}, 'ok'],
  ['execute_request', { code: '1' }, 'ok'],
  ['execute_request', { code: 'throw 1' }, 'error'],
  ['execute_request', { code: '1 +' }, 'error'],
  ['execute_request', {}, 'error'],
  ['complete_request', { code: 'Mat', cursor_pos: 3 }, 'ok'],
  ['complete_request', { code: 'Mat', cursor_pos: null }, 'error'],
  ['inspect_request', { code: 'Math', cursor_pos: 4, detail_level: 0 }, 'ok'],
  ['inspect_request', { code: 7 }, 'error'],
  ['is_complete_request', { code: 'if (' }, 'incomplete'],
  ['is_complete_request', [] as unknown as Json, 'error'],
  ['history_request', { hist_access_type: 'tail', n: 3, output: false, raw: true }, 'ok'],
  ['history_request', { hist_access_type: 'all' }, 'error'],
  ['comm_info_request', {}, 'ok'],
  ['comm_info_request', { target_name: {} }, 'error'],
  ['interrupt_request', {}, 'ok'],
  ['debug_request', { type: 'request', command: 'initialize' }, 'error'],
  ['no_such_request', {}, 'error'],
  ['__proto___request', {}, 'error'],
];

const MESSAGES: [string, Json][] = [
  ['comm_open', { comm_id: '1', target_name: 'nobody', data: {} }],
  ['comm_open', { comm_id: {}, target_name: 'nobody' }],
  ['comm_msg', { comm_id: 'nobody', data: {} }],
  ['comm_msg', { comm_id: {} }],
  ['comm_close', { comm_id: 'nobody', data: {} }],
  ['comm_close', null as unknown as Json],
  ['no_such_message', {}],
];

describe.each(['shell', 'control'] as const)('on %s', (channel) => {
  it.each(REQUESTS)('%s %j: busy, a reply, idle', async (type, content, status) => {
    const header = probe.send(channel, type, content);
    const reply = await probe.settled(header);
    // Cells run in the order of the shell channel alone.
    const refused = type === 'execute_request' && channel === 'control';
    expect(reply.content.status).toBe(refused ? 'error' : status);
    expect(reply.header.msg_type).toBe(type.replace('_request', '_reply'));
    expect(reply.parentHeader).toEqual(header);
    expect(probe.states(header)).toEqual(['busy', 'idle']);
    const own = probe.of('iopub', header).map((message) => message.header.msg_type);
    expect([own[0], own.at(-1)]).toEqual(['status', 'status']);
    if (status === 'error' || refused) {
      const { ename, evalue, traceback } = reply.content;
      expect([typeof ename, typeof evalue, Array.isArray(traceback)]).toEqual(['string', 'string', true]);
    }
  });

  it.each(MESSAGES)('%s %j: busy and idle, no reply', async (type, content) => {
    const header = probe.send(channel, type, content);
    await probe.idle(header);
    await probe.request(channel, 'kernel_info_request', {});
    expect(probe.states(header)).toEqual(['busy', 'idle']);
    expect(probe.replyTo(header)).toBeUndefined();
  });
});

it('answers on the channel of the request, to its sender alone', async () => {
  const other = await set.probe(client);
  for (const channel of ['shell', 'control'] as const) {
    const header = probe.send(channel, 'kernel_info_request', {});
    await probe.settled(header);
    await other.idle(header);
    expect(probe.of(channel, header)).toHaveLength(1);
    expect([...other.of('shell', header), ...other.of('control', header)]).toEqual([]);
  }
});

it('gives each message an id and a date of its own and the session of the kernel', async () => {
  await probe.request('shell', 'execute_request', { code: 'console.log(1); 2' });
  const headers = probe.received
    .filter(({ channel }) => channel !== 'hb')
    .map(({ message }) => message.header);
  expect(headers.length).toBeGreaterThan(50);
  expect(new Set(headers.map(({ msg_id }) => msg_id)).size).toBe(headers.length);
  expect(new Set(headers.map(({ session }) => session)).size).toBe(1);
  expect(headers[0]?.session).not.toBe(probe.factory.session);
  for (const { msg_id, date, version, username } of headers) {
    expect(msg_id).toMatch(UUID);
    expect(date).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
    expect([version, username]).toEqual(['5.5', 'kernel']);
  }
});

it('sends fields of a header that it does not know back with the parent', async () => {
  const { parts, header } = custom({ subshell_id: null, x_extra: [1, { deep: true }], date: 5 });
  probe.sendFrames('shell', [Buffer.from('<IDS|MSG>'), Buffer.from(probe.sign(parts)), ...parts]);
  const reply = await probe.until('the reply', () => probe.of('shell').find(answers(String(header.msg_id))));
  expect(reply.parentHeader).toEqual(header);
});

function custom(extra: Json): { parts: Buffer[]; header: Json } {
  const header = { ...probe.factory.create('kernel_info_request', {}).header, ...extra };
  return { header, parts: [header, {}, {}, {}].map((part) => Buffer.from(JSON.stringify(part))) };
}

function answers(id: string): (message: Message) => boolean {
  return (message) => message.parentHeader.msg_id === id;
}
