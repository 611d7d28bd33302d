import { randomUUID } from 'node:crypto';
import { type Header, type Json, type Message, PROTOCOL_VERSION } from './types.ts';

export interface Envelope {
  parent?: Header | undefined;
  identities?: Uint8Array[];
  metadata?: Json;
  buffers?: Uint8Array[];
}

/** Makes messages of one session: a fresh UUID and the time for each, the session's own id in all. */
export class MessageFactory {
  readonly session: string;
  readonly #username: string;

  constructor(session: string = randomUUID(), username = 'kernel') {
    this.session = session;
    this.#username = username;
  }

  create(type: string, content: Json, envelope: Envelope = {}): Message {
    return {
      identities: envelope.identities ?? [],
      header: {
        msg_id: randomUUID(),
        msg_type: type,
        session: this.session,
        username: this.#username,
        date: new Date().toISOString(),
        version: PROTOCOL_VERSION,
      },
      parentHeader: envelope.parent ?? {},
      metadata: envelope.metadata ?? {},
      content,
      buffers: envelope.buffers ?? [],
    };
  }
}
