import type { StreamName } from './engine.ts';
import { decodeJson, encodeFrame, readFrames, STREAM_FRAME } from './pipe.ts';
import type { RuntimeChild } from './process.ts';
import type { Command, Event, InterrupterCommand, InterrupterEvent } from './protocol.ts';
import { decodeRecords } from './records.ts';

export interface LinkEvents {
  /** Written to descriptor 1 or 2 by child processes and native code. */
  raw(name: StreamName, text: string): void;
  /** Printed by a cell. */
  stream(cell: number, name: StreamName, text: string): void;
  event(event: Event, buffers: Buffer[]): void;
  interrupter(event: InterrupterEvent): void;
}

/** The pipes to and from a runtime process. */
export class RuntimeLink {
  readonly #child: RuntimeChild;

  constructor(child: RuntimeChild, events: LinkEvents) {
    this.#child = child;
    for (const name of ['stdout', 'stderr'] as const) {
      child[name].setEncoding('utf8').on('data', (text: string) => events.raw(name, text));
    }
    readFrames(child.events, (kind, payload) => {
      if (kind === STREAM_FRAME) decodeRecords(payload, events.stream);
      else {
        const { value, buffers } = decodeJson(payload);
        events.event(value as Event, buffers);
      }
    });
    readFrames(child.interrupter, (_kind, payload) => {
      events.interrupter(decodeJson(payload).value as InterrupterEvent);
    });
    // Writing to a runtime that has just died: its death is reported by 'close'.
    for (const pipe of [child.commands, child.interrupter]) pipe.on('error', () => undefined);
  }

  command(command: Command, buffers: readonly Uint8Array[] = []): void {
    this.#child.commands.write(encodeFrame(command, buffers));
  }

  interrupter(command: InterrupterCommand): void {
    this.#child.interrupter.write(encodeFrame(command));
  }
}
