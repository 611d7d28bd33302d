import { randomUUID } from 'node:crypto';
import { Dealer, Subscriber } from 'zeromq';
import { type Connection, endpoint } from '../../../kernel/connection.ts';
import { decode, encode } from '../../../kernel/message/codec.ts';
import { type Envelope, MessageFactory } from '../../../kernel/message/reply.ts';
import type { Header, Json, Message } from '../../../kernel/message/types.ts';
import { Signer } from '../../../kernel/wire/signature.ts';
import { SendQueue } from '../../../kernel/wire/sockets.ts';

export type Channel = 'shell' | 'control' | 'stdin' | 'iopub' | 'hb';

/** A message with the frames that it came in; heartbeats have frames alone. */
export interface Received {
  channel: Channel;
  frames: Buffer[];
  message: Message;
}

export interface ProbeOptions {
  topic?: string;
  identity?: string;
  highWaterMark?: number;
}

const NONE: Message = decode(encode(new MessageFactory().create('none', {}), new Signer('')), new Signer(''));

/** A client without manners: it records every frame and sends whatever it is told to. */
export class Probe {
  readonly received: Received[] = [];
  readonly factory: MessageFactory = new MessageFactory(undefined, 'probe');
  readonly #signer: Signer;
  readonly #sockets: Record<Channel, Dealer | Subscriber>;
  readonly #queues: Record<Exclude<Channel, 'iopub'>, SendQueue>;
  readonly #waiting = new Set<() => void>();
  #gate: Promise<void> = Promise.resolve();

  private constructor(connection: Connection, identity: string, highWaterMark: number) {
    this.#signer = new Signer(connection.key, connection.signatureScheme);
    const dealer = (): Dealer => new Dealer({ linger: 0, routingId: identity });
    const iopub = new Subscriber({ linger: 0, receiveHighWaterMark: highWaterMark });
    const dealers = { shell: dealer(), control: dealer(), stdin: dealer(), hb: dealer() };
    this.#sockets = { ...dealers, iopub };
    const queue = (socket: Dealer): SendQueue => new SendQueue(socket, () => undefined);
    this.#queues = {
      shell: queue(dealers.shell),
      control: queue(dealers.control),
      stdin: queue(dealers.stdin),
      hb: queue(dealers.hb),
    };
    for (const [channel, socket] of Object.entries(this.#sockets) as [Channel, Dealer | Subscriber][]) {
      socket.connect(endpoint(connection, channel));
      this.#listen(channel, socket).catch((error: unknown) => {
        if (!socket.closed) throw error;
      });
    }
  }

  /** Connects, and subscribes to all of iopub unless a topic is given; has been welcomed when it returns. */
  static async connect(
    connection: Connection,
    { topic = '', identity = randomUUID(), highWaterMark = 0 }: ProbeOptions = {},
  ): Promise<Probe> {
    const probe = new Probe(connection, identity, highWaterMark);
    (probe.#sockets.iopub as Subscriber).subscribe(topic);
    await probe.until('iopub_welcome', () => probe.published('iopub_welcome')[0]);
    return probe;
  }

  async #listen(channel: Channel, socket: Dealer | Subscriber): Promise<void> {
    for await (const frames of socket) {
      this.received.push({
        channel,
        frames,
        message: channel === 'hb' ? NONE : decode(frames, this.#signer),
      });
      for (const check of [...this.#waiting]) check();
      if (channel === 'iopub') await this.#gate;
    }
  }

  /** Stops reading iopub until the function returned is called. */
  pause(): () => void {
    let resume = (): void => undefined;
    this.#gate = new Promise((resolve) => {
      resume = resolve;
    });
    return resume;
  }

  send(channel: 'shell' | 'control' | 'stdin', type: string, content: Json, envelope: Envelope = {}): Header {
    const message = this.factory.create(type, content, envelope);
    this.sendFrames(channel, encode(message, this.#signer));
    return message.header;
  }

  sendFrames(channel: Exclude<Channel, 'iopub'>, frames: Uint8Array[]): void {
    this.#queues[channel].push(frames);
  }

  sign(parts: readonly Uint8Array[]): string {
    return this.#signer.sign(parts);
  }

  /** iopub messages of a type, those that a request caused when its header is given. */
  published(type: string, parent?: Header): Message[] {
    return this.of('iopub', parent).filter(({ header }) => header.msg_type === type);
  }

  of(channel: Channel, parent?: Header): Message[] {
    return this.received
      .filter((each) => each.channel === channel)
      .map(({ message }) => message)
      .filter((message) => parent === undefined || message.parentHeader.msg_id === parent.msg_id);
  }

  states(parent?: Header): unknown[] {
    return this.published('status', parent).map(({ content }) => content.execution_state);
  }

  replyTo(request: Header): Message | undefined {
    return [...this.of('shell', request), ...this.of('control', request)][0];
  }

  /** Waits for a message to make `find` succeed. */
  until<T>(what: string, find: () => T | undefined | false, timeout = 20_000): Promise<T> {
    return new Promise((resolve, reject) => {
      const check = (): void => {
        const found = find();
        if (found === undefined || found === false) return;
        this.#waiting.delete(check);
        clearTimeout(timer);
        resolve(found);
      };
      const timer = setTimeout(() => {
        this.#waiting.delete(check);
        reject(new Error(`${what} did not come within ${timeout / 1000} s`));
      }, timeout);
      this.#waiting.add(check);
      check();
    });
  }

  /** The reply to a request once the kernel has said that it is idle again. */
  async settled(request: Header, timeout?: number): Promise<Message> {
    const name = request.msg_type;
    const reply = await this.until(`the reply to ${name}`, () => this.replyTo(request), timeout);
    await this.idle(request, timeout);
    return reply;
  }

  idle(request: Header, timeout?: number): Promise<true> {
    return this.until(
      `idle of ${request.msg_type}`,
      () => this.states(request).includes('idle') || undefined,
      timeout,
    );
  }

  request(
    channel: 'shell' | 'control',
    type: string,
    content: Json,
    envelope: Envelope = {},
  ): Promise<Message> {
    return this.settled(this.send(channel, type, content, envelope));
  }

  close(): void {
    for (const socket of Object.values(this.#sockets)) if (!socket.closed) socket.close();
  }
}
