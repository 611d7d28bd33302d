import { createRequire } from 'node:module';
import type { Router, XPublisher } from 'zeromq';
import type { Connection, Port } from '../connection.ts';
import { endpoint } from '../connection.ts';

/** Where a request arrived, and where its reply goes. */
export type RequestChannel = 'shell' | 'control' | 'stdin';

export interface SocketEvents {
  /** Frames from shell, control or stdin. */
  request(channel: RequestChannel, frames: Buffer[]): void;
  /** A client subscribed on iopub to messages whose topic begins with `topic`. */
  subscribed(topic: Buffer): void;
  /** A socket failed in a way that is not a client's fault. */
  failed(channel: Port, error: Error): void;
}

export interface KernelSockets {
  send(channel: RequestChannel, frames: Uint8Array[]): void;
  publish(frames: Uint8Array[]): void;
  /** Waits until all that was queued has been handed to ZeroMQ, at most `timeout` ms, and closes. */
  close(timeout?: number): Promise<void>;
}

type Sender = Pick<Router, 'send' | 'closed'>;

/** One queue a socket: zeromq throws EBUSY when a send overlaps another. */
export class SendQueue {
  readonly #socket: Sender;
  readonly #failed: (error: Error) => void;
  readonly #waiting: Uint8Array[][] = [];
  #running: Promise<void> | undefined;

  constructor(socket: Sender, failed: (error: Error) => void) {
    this.#socket = socket;
    this.#failed = failed;
  }

  push(frames: Uint8Array[]): void {
    this.#waiting.push(frames);
    this.#running ??= this.#run();
  }

  async drained(): Promise<void> {
    await this.#running;
  }

  async #run(): Promise<void> {
    // Whoever sends comes to its end first: a cell is on its way to the runtime before it is reported busy.
    await undefined;
    for (let frames = this.#waiting.shift(); frames && !this.#socket.closed; frames = this.#waiting.shift()) {
      try {
        await this.#socket.send(frames);
      } catch (error) {
        // EHOSTUNREACH: the client whose identity this was has gone; its reply has no reader.
        if (!this.#socket.closed) this.#failed(error as Error);
      }
    }
    this.#running = undefined;
  }
}

async function receive(socket: Router | XPublisher, each: (frames: Buffer[]) => void): Promise<void> {
  for await (const frames of socket) each(frames);
}

/** Binds the five sockets of a connection file. Rejects with the port's name when one is taken. */
export async function openSockets(connection: Connection, events: SocketEvents): Promise<KernelSockets> {
  // Half the time of import(), which scans CommonJS for its exports first.
  const zmq = createRequire(import.meta.url)('zeromq') as typeof import('zeromq');
  const curve = connection.curve
    ? {
        curveServer: true,
        curvePublicKey: connection.curve.publicKey,
        curveSecretKey: connection.curve.secretKey,
      }
    : {};
  const options = { linger: 1000, ...curve };
  // No limit on what waits to be sent: a router that reaches one drops replies without a word.
  const router = (): Router => new zmq.Router({ ...options, handover: true, sendHighWaterMark: 0 });
  const routers = { shell: router(), control: router(), stdin: router(), hb: router() };
  const iopub = new zmq.XPublisher({ ...options, sendHighWaterMark: 0, verbosity: 'allSubs' });
  const bind = async (port: Port, socket: Router | XPublisher): Promise<void> => {
    try {
      await socket.bind(endpoint(connection, port));
    } catch (error) {
      throw new Error(`cannot bind ${port} to ${endpoint(connection, port)}: ${(error as Error).message}`);
    }
  };
  const ports = Object.keys(routers) as (keyof typeof routers)[];
  await Promise.all([...ports.map((port) => bind(port, routers[port])), bind('iopub', iopub)]);

  const queue = (port: Port, socket: Sender): SendQueue =>
    new SendQueue(socket, (error) => events.failed(port, error));
  const queues = {
    shell: queue('shell', routers.shell),
    control: queue('control', routers.control),
    stdin: queue('stdin', routers.stdin),
    hb: queue('hb', routers.hb),
    iopub: queue('iopub', iopub),
  };
  const listen = (port: Port, socket: Router | XPublisher, each: (frames: Buffer[]) => void): void => {
    receive(socket, each).catch((error: Error) => {
      if (!socket.closed) events.failed(port, error);
    });
  };
  // A client may have waited for the sockets: its requests are read once the caller has them too.
  setImmediate(() => {
    for (const channel of ['shell', 'control', 'stdin'] as const) {
      listen(channel, routers[channel], (frames) => events.request(channel, frames));
    }
    listen('hb', routers.hb, (frames) => queues.hb.push(frames));
    listen('iopub', iopub, ([first]) => {
      if (first?.[0] === 1) events.subscribed(first.subarray(1));
    });
  });
  return {
    send: (channel, frames) => queues[channel].push(frames),
    publish: (frames) => queues.iopub.push(frames),
    close: async (timeout = 1000) => {
      const bound = new Promise<void>((resolve) => setTimeout(resolve, timeout).unref());
      await Promise.race([Promise.all(Object.values(queues).map((q) => q.drained())), bound]);
      for (const socket of [...Object.values(routers), iopub]) socket.close();
    },
  };
}
