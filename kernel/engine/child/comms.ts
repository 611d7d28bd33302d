import { randomUUID } from 'node:crypto';
import { EventEmitter } from 'node:events';
import type { CommMessage } from '../protocol.ts';
import type { Channel } from './channel.ts';
import { currentCell } from './context.ts';

export interface CommPayload {
  data: unknown;
  metadata: Record<string, unknown>;
  buffers: Uint8Array[];
}

export interface SendOptions {
  metadata?: Record<string, unknown>;
  buffers?: (ArrayBufferView | ArrayBuffer)[];
}

const bytes = (buffer: ArrayBufferView | ArrayBuffer): Uint8Array =>
  ArrayBuffer.isView(buffer)
    ? new Uint8Array(buffer.buffer, buffer.byteOffset, buffer.byteLength)
    : new Uint8Array(buffer);

/** One end of a comm. Events: `msg` with a CommPayload, `close` with a CommPayload. */
export class Comm extends EventEmitter {
  readonly id: string;
  readonly target: string;
  readonly #send: (message: CommMessage, buffers: SendOptions['buffers']) => void;
  #open = true;

  constructor(
    id: string,
    target: string,
    send: (message: CommMessage, buffers: SendOptions['buffers']) => void,
  ) {
    super();
    this.id = id;
    this.target = target;
    this.#send = send;
  }

  get isOpen(): boolean {
    return this.#open;
  }

  /** Sends to the front-end. Throws once the comm is closed. */
  send(data: unknown, { metadata = {}, buffers = [] }: SendOptions = {}): void {
    if (!this.#open) throw new Error(`comm ${this.id} (${this.target}) is closed`);
    this.#send({ type: 'msg', commId: this.id, data, metadata }, buffers);
  }

  /** Closes both ends; closing again does nothing. */
  close(data: unknown = {}, { metadata = {}, buffers = [] }: SendOptions = {}): void {
    if (!this.#open) return;
    this.#open = false;
    this.#send({ type: 'close', commId: this.id, data, metadata }, buffers);
  }

  /** The front-end closed its end. */
  closed(payload: CommPayload): void {
    this.#open = false;
    this.emit('close', payload);
  }
}

export type CommTarget = (comm: Comm, payload: CommPayload) => void | Promise<void>;

/** The public `comms`: targets that front-ends open, and comms that cells open. */
export class Comms {
  readonly #channel: Channel;
  readonly #targets = new Map<string, CommTarget>();
  readonly #comms = new Map<string, Comm>();

  constructor(channel: Channel) {
    this.#channel = channel;
  }

  /** Says what to do when a front-end opens a comm to `name`. */
  registerTarget(name: string, target: CommTarget): void {
    if (typeof name !== 'string' || typeof target !== 'function') {
      throw new TypeError(
        `registerTarget(name, target) received (${typeof name}, ${typeof target}), expected (string, function)`,
      );
    }
    this.#targets.set(name, target);
  }

  unregisterTarget(name: string): void {
    this.#targets.delete(name);
  }

  /** Opens a comm to a target that the front-end knows. */
  open(target: string, data: unknown = {}, { metadata = {}, buffers = [] }: SendOptions = {}): Comm {
    const comm = this.#create(randomUUID().replaceAll('-', ''), target);
    this.#send({ type: 'open', commId: comm.id, target, data, metadata }, buffers);
    return comm;
  }

  get(id: string): Comm | undefined {
    return this.#comms.get(id);
  }

  /** A message from the front-end. */
  async receive(message: CommMessage, buffers: Uint8Array[]): Promise<void> {
    const payload = { data: message.data, metadata: message.metadata ?? {}, buffers };
    if (message.type === 'open') await this.#opened(message, payload);
    const comm = this.#comms.get(message.commId);
    if (message.type === 'msg') comm?.emit('msg', payload);
    if (message.type === 'close') {
      this.#comms.delete(message.commId);
      comm?.closed(payload);
    }
  }

  async #opened(message: CommMessage, payload: CommPayload): Promise<void> {
    const target = this.#targets.get(message.target ?? '');
    if (!target) {
      this.#send({ type: 'close', commId: message.commId, data: {}, metadata: {} }, []);
      return;
    }
    const comm = this.#create(message.commId, message.target ?? '');
    try {
      await target(comm, payload);
    } catch (error) {
      // Nobody listens to it: the front-end must not believe so.
      comm.close();
      throw error;
    }
  }

  #create(id: string, target: string): Comm {
    const comm = new Comm(id, target, (message, buffers) => {
      if (message.type === 'close') this.#comms.delete(id);
      this.#send(message, buffers);
    });
    this.#comms.set(id, comm);
    return comm;
  }

  #send(message: CommMessage, buffers: SendOptions['buffers'] = []): void {
    this.#channel.send({ ev: 'comm', cell: currentCell(), ...message }, buffers.map(bytes));
  }
}
