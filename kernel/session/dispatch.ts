import { brief, decode } from '../message/codec.ts';
import type { ErrorContent, Json, Message } from '../message/types.ts';
import { FrameError } from '../wire/frames.ts';
import type { Signer } from '../wire/signature.ts';
import type { RequestChannel } from '../wire/sockets.ts';
import type { MessageSender } from './publisher.ts';

/** A request whose content lacks a field or holds the wrong type; its sender gets an error reply. */
export class RequestError extends Error {
  override name = 'RequestError';
}

/** Answers a request: its reply's content, or undefined where the message type has no reply. */
export type Handler = (
  request: Message,
  channel: RequestChannel,
) => Promise<Json | undefined> | Json | undefined;

export interface DispatchParts {
  signer: Signer;
  sender: MessageSender;
  handlers: ReadonlyMap<string, Handler>;
  /** Requests that run one after another, with their own busy and idle. */
  execute: (request: Message) => void;
  input: (reply: Message) => void;
  /** The request that keeps the kernel busy now, if one does. */
  running: () => Message | undefined;
  /** Called after each answer, when it is on its way. */
  answered: () => void;
  log: (line: string) => void;
}

/**
 * The one place where requests come in. Frames that are no message are logged and dropped; everything
 * else is answered between a busy and an idle, also when its handler throws.
 */
export class Dispatcher {
  readonly #parts: DispatchParts;

  constructor(parts: DispatchParts) {
    this.#parts = parts;
  }

  /** Never throws: a socket is read no more once the reader of its messages has thrown. */
  receive(channel: RequestChannel, frames: Buffer[]): void {
    try {
      this.#route(channel, decode(frames, this.#parts.signer));
    } catch (error) {
      const { name, message } = error as Error;
      const reason = error instanceof FrameError ? message : `${name}: ${message}`;
      this.#parts.log(`dropped a message on ${channel}: ${reason}`);
    }
  }

  #route(channel: RequestChannel, message: Message): void {
    if (channel === 'stdin') {
      if (message.header.msg_type === 'input_reply') this.#parts.input(message);
      else this.#parts.log(`dropped a ${message.header.msg_type} on stdin`);
    } else if (message.header.msg_type === 'execute_request' && channel === 'shell') {
      this.#parts.execute(message);
    } else void this.#answer(channel, message);
  }

  async #answer(channel: RequestChannel, request: Message): Promise<void> {
    const { sender, handlers, log, running, answered } = this.#parts;
    const type = request.header.msg_type;
    const handler = handlers.get(type);
    sender.status('busy', request.header);
    try {
      if (!handler) throw new RequestError(`unknown message type ${brief(type)}`);
      checkContent(request);
      const content = await handler(request, channel);
      if (content) sender.reply(channel, request, replyType(type), content);
    } catch (error) {
      log(`${type}: ${(error as Error).message}`);
      if (handler ? hasReply(type) : type.endsWith('_request')) {
        sender.reply(channel, request, replyType(type), { status: 'error', ...errorContent(error) });
      }
    }
    sender.status('idle', request.header);
    // Front-ends take any idle for the kernel's: say that a cell still runs.
    const busy = running();
    if (busy) sender.status('busy', busy.header);
    answered();
  }
}

export function checkContent(request: Message): void {
  const { content } = request;
  if (typeof content !== 'object' || content === null || Array.isArray(content)) {
    throw new RequestError(`content is ${brief(content)}, expected an object`);
  }
}

const replyType = (type: string): string => type.replace(/_request$/, '_reply');
const hasReply = (type: string): boolean => type.endsWith('_request');

export function errorContent(error: unknown): ErrorContent & Json {
  const { name, message } = error instanceof Error ? error : { name: 'Error', message: String(error) };
  return { ename: name, evalue: message, traceback: [`${name}: ${message}`] };
}

type Kind = 'string' | 'number' | 'boolean' | 'object' | 'array';
interface Kinds {
  string: string;
  number: number;
  boolean: boolean;
  object: Json;
  array: unknown[];
}

function kindOf(value: unknown): string {
  if (value === null) return 'null';
  return Array.isArray(value) ? 'array' : typeof value;
}

/** A field of a request's content, checked. Without a fallback the field must be there. */
export function field<K extends Kind>(
  request: Message,
  name: string,
  kind: K,
  fallback?: Kinds[K],
): Kinds[K] {
  const value = request.content[name];
  if (value === undefined && fallback !== undefined) return fallback;
  if (kindOf(value) !== kind || (kind === 'number' && !Number.isFinite(value))) {
    throw new RequestError(`${request.header.msg_type}: ${name} is ${brief(value)}, expected ${kind}`);
  }
  return value as Kinds[K];
}
