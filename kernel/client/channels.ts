import { randomUUID } from 'node:crypto';
import type { Dealer, Subscriber } from 'zeromq';
import { type Connection, endpoint } from '../connection.ts';
import { decode, encode } from '../message/codec.ts';
import type { Message } from '../message/types.ts';
import { Signer } from '../wire/signature.ts';
import { SendQueue } from '../wire/sockets.ts';
import { deferred, EXPIRED, within } from './wait.ts';

export type SendChannel = 'shell' | 'control' | 'stdin';
export type ReceiveChannel = SendChannel | 'iopub';

export interface ChannelEvents {
  message(channel: ReceiveChannel, message: Message): void;
  /** Frames that are not a rightly signed message, or a socket that failed. */
  failed(channel: ReceiveChannel | 'hb', error: Error): void;
}

export interface Channels {
  send(channel: SendChannel, message: Message): void;
  /** Whether the heartbeat answers within `timeout` ms. */
  ping(timeout: number): Promise<boolean>;
  close(): void;
}

async function receive(socket: Dealer | Subscriber, each: (frames: Buffer[]) => void): Promise<void> {
  for await (const frames of socket) each(frames);
}

/** Connects the client's side of the five sockets. `identity` must be the same on shell and stdin. */
export async function openChannels(
  connection: Connection,
  identity: string,
  events: ChannelEvents,
): Promise<Channels> {
  const zmq = await import('zeromq');
  const signer = new Signer(connection.key, connection.signatureScheme);
  // The kernel may bind later than the client connects: try again soon, not after 100 ms.
  const options = {
    linger: 0,
    reconnectInterval: 20,
    ...(connection.curve
      ? {
          curveServerKey: connection.curve.publicKey,
          curvePublicKey: connection.curve.publicKey,
          curveSecretKey: connection.curve.secretKey,
        }
      : {}),
  };
  const dealers = {
    shell: new zmq.Dealer({ ...options, routingId: identity }),
    control: new zmq.Dealer({ ...options, routingId: identity }),
    stdin: new zmq.Dealer({ ...options, routingId: identity }),
    hb: new zmq.Dealer(options),
  };
  // No limit: a flood of output is read in its order, none of it dropped.
  const iopub = new zmq.Subscriber({ ...options, receiveHighWaterMark: 0 });
  iopub.subscribe('');
  for (const port of ['shell', 'control', 'stdin', 'hb'] as const) {
    dealers[port].connect(endpoint(connection, port));
  }
  iopub.connect(endpoint(connection, 'iopub'));

  const pings = new Map<string, () => void>();
  const listen = (port: ReceiveChannel | 'hb', socket: Dealer | Subscriber): void => {
    const each = (frames: Buffer[]): void => {
      try {
        if (port === 'hb') pings.get(frames.at(-1)?.toString() ?? '')?.();
        else events.message(port, decode(frames, signer));
      } catch (error) {
        events.failed(port, error as Error);
      }
    };
    receive(socket, each).catch((error: Error) => {
      if (!socket.closed) events.failed(port, error);
    });
  };
  for (const port of ['shell', 'control', 'stdin', 'hb'] as const) listen(port, dealers[port]);
  listen('iopub', iopub);
  const queue = (port: keyof typeof dealers): SendQueue =>
    new SendQueue(dealers[port], (error) => events.failed(port, error));
  const queues = {
    shell: queue('shell'),
    control: queue('control'),
    stdin: queue('stdin'),
    hb: queue('hb'),
  };

  return {
    send: (channel, message) => queues[channel].push(encode(message, signer)),
    ping: async (timeout) => {
      const { promise, resolve } = deferred<boolean>();
      const token = randomUUID();
      pings.set(token, () => resolve(true));
      // The empty frame is what a REQ socket puts before its request.
      queues.hb.push([Buffer.alloc(0), Buffer.from(token)]);
      const answer = await within(promise, timeout);
      pings.delete(token);
      return answer !== EXPIRED;
    },
    close: () => {
      for (const socket of [...Object.values(dealers), iopub]) if (!socket.closed) socket.close();
    },
  };
}
