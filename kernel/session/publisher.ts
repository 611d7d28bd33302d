import { encode } from '../message/codec.ts';
import type { Envelope, MessageFactory } from '../message/reply.ts';
import type { Header, Json, Message } from '../message/types.ts';
import type { Signer } from '../wire/signature.ts';
import type { KernelSockets, RequestChannel } from '../wire/sockets.ts';

export type ExecutionState = 'starting' | 'busy' | 'idle';

/** Makes, signs and sends messages: replies to their client, the rest to all on iopub. */
export class MessageSender {
  readonly #sockets: () => KernelSockets | undefined;
  readonly #signer: Signer;
  readonly #factory: MessageFactory;

  /** What is said before there are sockets has no listener and is dropped. */
  constructor(sockets: () => KernelSockets | undefined, signer: Signer, factory: MessageFactory) {
    this.#sockets = sockets;
    this.#signer = signer;
    this.#factory = factory;
  }

  /** To every subscriber; the topic is the message type. */
  publish(type: string, content: Json, envelope: Omit<Envelope, 'identities'> = {}): void {
    const message = this.#factory.create(type, content, { ...envelope, identities: [Buffer.from(type)] });
    this.#sockets()?.publish(encode(message, this.#signer));
  }

  status(state: ExecutionState, parent: Header | undefined): void {
    this.publish('status', { execution_state: state }, { parent });
  }

  /** To the client that sent `request`. */
  reply(
    channel: RequestChannel,
    request: Message,
    type: string,
    content: Json,
    envelope: Envelope = {},
  ): void {
    const message = this.#factory.create(type, content, {
      ...envelope,
      parent: request.header,
      identities: request.identities,
    });
    this.#sockets()?.send(channel, encode(message, this.#signer));
  }

  /** A request of the kernel's own to one client (input_request); its answer names the id returned. */
  ask(request: Message, type: string, content: Json): string {
    const envelope = { parent: request.header, identities: request.identities };
    const message = this.#factory.create(type, content, envelope);
    this.#sockets()?.send('stdin', encode(message, this.#signer));
    return message.header.msg_id;
  }

  /** Tells every client that subscribes that it now receives (JEP 65). */
  welcome(topic: Buffer): void {
    const content = { subscription: topic.toString('utf8') };
    const message = this.#factory.create('iopub_welcome', content, { identities: [topic] });
    this.#sockets()?.publish(encode(message, this.#signer));
  }
}
