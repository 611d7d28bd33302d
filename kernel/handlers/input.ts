import { brief } from '../message/codec.ts';
import type { Message } from '../message/types.ts';
import type { MessageSender } from '../session/publisher.ts';

const NOBODY = 'this cell asks for input, but its front-end allows none (allow_stdin is false)';

export interface InputParts {
  sender: MessageSender;
  /** Hands the answer to the cell; null is end of file. */
  reply: (value: string | null, error?: string) => void;
  log: (line: string) => void;
}

/** Carries one question of a cell to the client that runs it, and the answer back. */
export class InputBroker {
  readonly #parts: InputParts;
  #waiting: { ids: string[]; session: string } | undefined;

  constructor(parts: InputParts) {
    this.#parts = parts;
  }

  ask(request: Message | undefined, prompt: string, password: boolean): void {
    if (!request || request.content.allow_stdin === false) {
      this.#parts.reply(null, NOBODY);
      return;
    }
    const id = this.#parts.sender.ask(request, 'input_request', { prompt, password });
    const { msg_id, session } = request.header;
    this.#waiting = { ids: [id, msg_id], session };
  }

  /** The cell has ended: an answer that still comes is stale. */
  forget(): void {
    this.#waiting = undefined;
  }

  receive(message: Message): void {
    const waiting = this.#waiting;
    const parent = (message.parentHeader as { msg_id?: unknown }).msg_id;
    const value = (message.content as { value?: unknown } | null)?.value;
    // Some clients name what they answer, by the question or by its cell; the others have their session.
    const fits =
      parent === undefined
        ? message.header.session === waiting?.session
        : waiting?.ids.includes(String(parent));
    if (!waiting || !fits) {
      this.#parts.log('dropped an input_reply that nobody waits for');
      return;
    }
    if (typeof value !== 'string') {
      this.#parts.log(`dropped an input_reply whose value is ${brief(value)}, expected a string`);
      return;
    }
    this.#waiting = undefined;
    this.#parts.reply(value);
  }
}
