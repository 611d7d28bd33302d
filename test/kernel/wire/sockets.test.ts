import { afterEach, describe, expect, it } from 'vitest';
import { Dealer, Router } from 'zeromq';
import { openSockets, SendQueue, type SocketEvents } from '../../../kernel/wire/sockets.ts';
import { connectionFile } from '../support/connections.ts';

const opened: { close(): void }[] = [];
afterEach(() => {
  for (const socket of opened.splice(0)) socket.close();
});

const silent: SocketEvents = { request: () => {}, subscribed: () => {}, failed: () => {} };

async function pair(): Promise<{ router: Router; dealer: Dealer }> {
  const router = new Router({ linger: 0, sendHighWaterMark: 0 });
  const dealer = new Dealer({ linger: 0, routingId: 'client' });
  opened.push(router, dealer);
  await router.bind('tcp://127.0.0.1:*');
  dealer.connect(router.lastEndpoint ?? '');
  await dealer.send('hello');
  await router.receive();
  return { router, dealer };
}

describe('SendQueue', () => {
  it('sends what is pushed at once in its order, where the socket alone refuses an overlap', async () => {
    const { router, dealer } = await pair();
    const failures: Error[] = [];
    const queue = new SendQueue(router, (error) => failures.push(error));
    const count = 5000;
    for (let at = 0; at < count; at += 1) queue.push([Buffer.from('client'), Buffer.from(String(at))]);
    const seen: number[] = [];
    while (seen.length < count) seen.push(Number(String((await dealer.receive())[0])));
    expect(seen).toEqual(Array.from({ length: count }, (_, at) => at));
    await queue.drained();
    expect(failures).toEqual([]);
  });

  it('goes on after a message that could not be sent', async () => {
    const { dealer } = await pair();
    const strict = new Router({ linger: 0, mandatory: true });
    opened.push(strict);
    await strict.bind('tcp://127.0.0.1:*');
    dealer.connect(strict.lastEndpoint ?? '');
    // Sends go to the two peers in turn: one of the two reaches the strict router.
    await dealer.send('hello');
    await dealer.send('hello');
    await strict.receive();
    const failures: Error[] = [];
    const queue = new SendQueue(strict, (error) => failures.push(error));
    queue.push([Buffer.from('nobody'), Buffer.from('lost')]);
    queue.push([Buffer.from('client'), Buffer.from('arrives')]);
    expect(String((await dealer.receive())[0])).toBe('arrives');
    expect(failures).toHaveLength(1);
  });

  it('is drained when nothing waits, and stops for a closed socket', async () => {
    const { router } = await pair();
    const queue = new SendQueue(router, () => {});
    await queue.drained();
    router.close();
    queue.push([Buffer.from('client'), Buffer.from('late')]);
    await queue.drained();
  });
});

describe('openSockets', () => {
  it('names the port that is taken', async () => {
    const { connection } = await connectionFile();
    const taken = new Router({ linger: 0 });
    opened.push(taken);
    await taken.bind(`tcp://127.0.0.1:${connection.ports.iopub}`);
    await expect(openSockets(connection, silent)).rejects.toThrow(
      `cannot bind iopub to tcp://127.0.0.1:${connection.ports.iopub}: Address already in use`,
    );
  });

  it('loses no reply to a client that reads late', async () => {
    const { connection } = await connectionFile();
    let received = 0;
    const echo: SocketEvents = {
      ...silent,
      request: (channel, frames) => {
        received += 1;
        sockets.send(channel, frames);
      },
    };
    const sockets = await openSockets(connection, echo);
    const client = new Dealer({ linger: 0, receiveHighWaterMark: 10, sendHighWaterMark: 0 });
    opened.push(client);
    client.connect(`tcp://127.0.0.1:${connection.ports.shell}`);
    const count = 5000;
    const body = 'x'.repeat(1000);
    for (let at = 0; at < count; at += 1) await client.send([String(at), body]);
    await expect.poll(() => received).toBe(count);
    for (let at = 0; at < count; at += 1) expect(String((await client.receive())[0])).toBe(String(at));
    await sockets.close();
  });

  it('hands over an identity to the client that comes later, as a reconnecting browser does', async () => {
    const { connection } = await connectionFile();
    const echo: SocketEvents = {
      ...silent,
      request: (channel, frames) => sockets.send(channel, frames),
    };
    const sockets = await openSockets(connection, echo);
    for (const text of ['first', 'second']) {
      const client = new Dealer({ linger: 0, routingId: 'same' });
      opened.push(client);
      client.connect(`tcp://127.0.0.1:${connection.ports.shell}`);
      await client.send(text);
      expect(String((await client.receive())[0])).toBe(text);
    }
    await sockets.close();
  });
});
