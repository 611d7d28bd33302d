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
  await resultOf(
    client,
    `var log: unknown[] = [];
     comms.registerTarget('echo', (comm, { data, metadata, buffers }) => {
       log.push(['open', data]);
       comm.send({ opened: data }, { metadata: { got: metadata }, buffers });
       comm.on('msg', ({ data, buffers }) => {
         console.log('msg');
         comm.send({ echo: data }, { buffers: buffers.map((bytes) => Uint8Array.from(bytes).reverse()) });
       });
       comm.on('close', ({ data }) => log.push(['close', data]));
     });`,
  );
});

const say = (type: string, content: Json, buffers: Uint8Array[] = []): Header =>
  probe.send('shell', type, content, { buffers, metadata: { version: '2.1.0' } });
const sent = async (type: string, header: Header): Promise<Message> =>
  probe.until(type, () => probe.published(type, header)[0]);
const info = async (content: Json = {}): Promise<unknown> =>
  (await probe.request('shell', 'comm_info_request', content)).content.comms;

describe('a comm that the front-end opens', () => {
  it('carries data and buffers both ways, between busy and idle of the message', async () => {
    const bytes = Buffer.from([0, 1, 255, 10]);
    const open = say('comm_open', { comm_id: 'c1', target_name: 'echo', data: { a: 1 } }, [
      bytes,
      Buffer.alloc(0),
    ]);
    const answer = await sent('comm_msg', open);
    expect(answer.content).toEqual({ comm_id: 'c1', data: { opened: { a: 1 } } });
    expect(answer.metadata).toEqual({ got: { version: '2.1.0' } });
    expect(answer.buffers).toEqual([bytes, Buffer.alloc(0)]);

    const message = say('comm_msg', { comm_id: 'c1', data: 'é😀' }, [bytes]);
    const echo = await sent('comm_msg', message);
    expect(echo.content.data).toEqual({ echo: 'é😀' });
    expect(echo.buffers).toEqual([Buffer.from([10, 255, 1, 0])]);
    await probe.idle(message);
    expect(probe.of('iopub', message).map(({ header }) => header.msg_type)).toEqual(
      expect.arrayContaining(['stream', 'comm_msg']),
    );
    expect(probe.states(message)).toEqual(['busy', 'idle']);
  });

  it('carries a megabyte of bytes', async () => {
    const large = Buffer.alloc(1 << 20, 7);
    const open = say('comm_open', { comm_id: 'large', target_name: 'echo', data: null }, [large]);
    const [back] = (await sent('comm_msg', open)).buffers;
    expect(Buffer.compare(back ?? Buffer.alloc(0), large)).toBe(0);
  });

  it('is listed until it is closed', async () => {
    await probe.idle(say('comm_open', { comm_id: 'c2', target_name: 'echo', data: {} }));
    expect(await info()).toMatchObject({ c2: { target_name: 'echo' } });
    expect(await info({ target_name: 'echo' })).toHaveProperty('c2');
    expect(await info({ target_name: 'other' })).toEqual({});
    await probe.idle(say('comm_close', { comm_id: 'c2', data: { bye: 1 } }));
    expect(await info()).not.toHaveProperty('c2');
    expect(await resultOf(client, 'JSON.stringify(log.at(-1))')).toBe(`'["close",{"bye":1}]'`);
  });

  it('is closed at once when its target is not known', async () => {
    const open = say('comm_open', { comm_id: 'c3', target_name: 'nobody', data: {} });
    expect((await sent('comm_close', open)).content).toEqual({ comm_id: 'c3', data: {} });
    await probe.idle(open);
    expect(await info()).not.toHaveProperty('c3');
  });

  it('shows an error of its handler in the output of the message, and lives', async () => {
    await resultOf(
      client,
      `comms.registerTarget('bad', (comm) => { comm.on('msg', () => { throw new Error('oops') }) })`,
    );
    await probe.idle(say('comm_open', { comm_id: 'c4', target_name: 'bad', data: {} }));
    const message = say('comm_msg', { comm_id: 'c4', data: {} });
    expect((await sent('error', message)).content).toMatchObject({ ename: 'Error', evalue: 'oops' });
    await probe.idle(message);
  });

  it.each([
    ['throws', `() => { throw new Error('no') }`],
    ['rejects', `async () => { await 0; throw new Error('no') }`],
    ['closes it and throws', `(comm) => { comm.close(); throw new Error('no') }`],
  ])('is closed when its target %s, and the error is shown', async (what, target) => {
    const name = `broken ${what}`;
    await resultOf(client, `comms.registerTarget('${name}', ${target})`);
    const open = say('comm_open', { comm_id: name, target_name: name, data: {} });
    expect((await sent('error', open)).content).toMatchObject({ ename: 'Error', evalue: 'no' });
    expect((await sent('comm_close', open)).content).toEqual({ comm_id: name, data: {} });
    await probe.idle(open);
    expect(probe.published('comm_close', open)).toHaveLength(1);
    expect(await info()).not.toHaveProperty([name]);
    expect(await resultOf(client, `comms.get('${name}') === undefined`)).toBe('true');
  });

  it('reaches a target that the cell sent just before registers', async () => {
    const cell = probe.send('shell', 'execute_request', { code: `comms.registerTarget('late', () => {})` });
    const open = say('comm_open', { comm_id: 'c5', target_name: 'late', data: {} });
    await probe.settled(cell);
    await probe.idle(open);
    expect(await info()).toMatchObject({ c5: { target_name: 'late' } });
  });

  it('does not overtake cells that are queued', async () => {
    await resultOf(
      client,
      `comms.registerTarget('order', (comm) => comm.on('msg', () => order.push('msg'))); var order: string[] = []`,
    );
    await probe.idle(say('comm_open', { comm_id: 'c7', target_name: 'order', data: {} }));
    const codes = [
      `order.push('cell 1'); await new Promise((go) => setTimeout(go, 100)); order.push('end 1')`,
      `order.push('cell 2'); comms.registerTarget('late 2', () => order.push('open')); await new Promise((go) => setTimeout(go, 100)); order.push('end 2')`,
    ];
    const cells = codes.map((code) => probe.send('shell', 'execute_request', { code }));
    const message = say('comm_msg', { comm_id: 'c7', data: {} });
    const open = say('comm_open', { comm_id: 'c8', target_name: 'late 2', data: {} });
    for (const header of [...cells, message, open]) await probe.idle(header);
    expect(await resultOf(client, 'order.join()')).toBe("'cell 1,end 1,cell 2,msg,open,end 2'");
  });

  it('is delivered to a cell that awaits it', async () => {
    await probe.idle(say('comm_open', { comm_id: 'c6', target_name: 'echo', data: {} }));
    const code = `console.log('waits'); await new Promise<void>((go) => comms.get('c6')!.once('msg', () => go())); 'went on'`;
    const cell = probe.send('shell', 'execute_request', { code });
    await sent('stream', cell);
    say('comm_msg', { comm_id: 'c6', data: {} });
    expect((await probe.settled(cell)).content.status).toBe('ok');
  });
});

describe('a comm that a cell opens', () => {
  it('is announced as output of the cell, takes messages and is closed by either side', async () => {
    const code = `var own = comms.open('widget', { state: 1 }, { metadata: { v: 2 }, buffers: [new Uint16Array([1, 2]), new ArrayBuffer(1)] });
      own.on('msg', ({ data }) => own.send({ twice: data.n * 2 })); own.id`;
    const cell = probe.send('shell', 'execute_request', { code });
    const { content, metadata, buffers } = await sent('comm_open', cell);
    const id = String(content.comm_id);
    expect(content).toEqual({ comm_id: id, target_name: 'widget', data: { state: 1 } });
    expect(metadata).toEqual({ v: 2 });
    expect(buffers).toEqual([Buffer.from([1, 0, 2, 0]), Buffer.from([0])]);
    expect(await info({ target_name: 'widget' })).toEqual({ [id]: { target_name: 'widget' } });

    const message = say('comm_msg', { comm_id: id, data: { n: 21 } });
    expect((await sent('comm_msg', message)).content.data).toEqual({ twice: 42 });

    const closing = probe.send('shell', 'execute_request', {
      code: `own.close({ done: true }); own.close(); own.isOpen`,
    });
    expect((await sent('comm_close', closing)).content).toEqual({ comm_id: id, data: { done: true } });
    await probe.settled(closing);
    expect(probe.published('comm_close', closing)).toHaveLength(1);
    await expect(resultOf(client, 'own.send(1)')).rejects.toThrow('is closed');
  });

  it('is closed for the front-end when the runtime dies', async () => {
    const id = JSON.parse((await resultOf(client, `comms.open('widget').id`)).replaceAll("'", '"')) as string;
    await client.execute('process.exit(1)');
    await probe.until('comm_close', () =>
      probe.published('comm_close').find(({ content }) => content.comm_id === id),
    );
    expect(await info()).toEqual({});
  });
});
