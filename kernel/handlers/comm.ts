import type { Engine } from '../engine/engine.ts';
import type { CommMessage } from '../engine/protocol.ts';
import type { Message } from '../message/types.ts';
import { field, type Handler } from '../session/dispatch.ts';
import type { Parents } from '../session/parents.ts';
import type { MessageSender } from '../session/publisher.ts';

export interface CommParts {
  sender: MessageSender;
  engine: () => Engine;
  parents: Parents;
  /** Resolves when the cells that were sent before have begun; undefined when they have. */
  turn: () => Promise<void> | undefined;
}

/**
 * Routes comm messages both ways and knows which comms are open.
 *
 * A message of the front-end waits until the cells that were sent before it have begun, and then for the runtime's
 * thread: behind a cell that computes, until it has ended, as in ipykernel; in a cell that awaits, it is delivered
 * at once, so that a cell can wait for a widget. Its idle status comes when its handlers have returned, not when
 * what they started is over: front-ends hold back the next change of a slider until then.
 */
export class CommRouter {
  readonly #parts: CommParts;
  readonly #open = new Map<string, string>();

  constructor(parts: CommParts) {
    this.#parts = parts;
  }

  handlers(): [string, Handler][] {
    const from =
      (type: CommMessage['type']): Handler =>
      (request) =>
        this.#received(type, request);
    return [
      ['comm_open', from('open')],
      ['comm_msg', from('msg')],
      ['comm_close', from('close')],
      ['comm_info_request', (request) => this.#info(request)],
    ];
  }

  async #received(type: CommMessage['type'], request: Message): Promise<undefined> {
    const commId = field(request, 'comm_id', 'string');
    const message: CommMessage = {
      type,
      commId,
      data: request.content.data ?? {},
      metadata: request.metadata,
    };
    if (type === 'open') {
      message.target = field(request, 'target_name', 'string');
      this.#open.set(commId, message.target);
    }
    if (type === 'close') this.#open.delete(commId);
    const turn = this.#parts.turn();
    if (turn) await turn;
    const cell = this.#parts.parents.add(request);
    await this.#parts.engine().comm(cell, message, request.buffers);
    return undefined;
  }

  #info(request: Message): Record<string, unknown> {
    const wanted = request.content.target_name;
    if (wanted !== undefined && wanted !== null) field(request, 'target_name', 'string');
    const comms: Record<string, { target_name: string }> = {};
    for (const [id, target] of this.#open) {
      if (wanted === undefined || wanted === null || wanted === target) comms[id] = { target_name: target };
    }
    return { status: 'ok', comms };
  }

  /** A comm message of the runtime, to the front-ends. */
  send(cell: number, { type, commId, target, data, metadata = {} }: CommMessage, buffers: Buffer[]): void {
    const content: Record<string, unknown> = { comm_id: commId, data };
    if (type === 'open') {
      content.target_name = target;
      this.#open.set(commId, target ?? '');
    }
    if (type === 'close') this.#open.delete(commId);
    const parent = this.#parts.parents.get(cell)?.header;
    this.#parts.sender.publish(`comm_${type}`, content, { parent, metadata, buffers });
  }

  /** The runtime died: its ends of all comms are gone. */
  closeAll(): void {
    for (const commId of this.#open.keys()) {
      this.#parts.sender.publish('comm_close', { comm_id: commId, data: {} }, {});
    }
    this.#open.clear();
  }
}
