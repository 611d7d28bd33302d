import type { StreamName } from '../engine.ts';
import { encodeFrame } from '../pipe.ts';
import { type Event, FD } from '../protocol.ts';
import { encodeRecord, RECORD_UNITS } from '../records.ts';
import { type RingWriter, writeFully } from './ring.ts';

export type OutputEvent = Extract<Event, { ev: 'output' }>;

export interface OutputSink {
  cell: number;
  print(name: StreamName, text: string): void;
  show(event: OutputEvent): void;
}

/** The way up to the host. Text goes through the ring; everything else waits for it and keeps the order. */
export class Channel {
  /** Takes what a cell prints and shows in place of the host. */
  sink: OutputSink | undefined;
  readonly #ring: RingWriter;

  constructor(ring: RingWriter) {
    this.#ring = ring;
  }

  print(cell: number, name: StreamName, text: string): void {
    if (this.sink?.cell === cell) {
      this.sink.print(name, text);
      return;
    }
    for (let at = 0; at < text.length; ) {
      let end = Math.min(at + RECORD_UNITS, text.length);
      if (end < text.length && isHighSurrogate(text.charCodeAt(end - 1))) end -= 1;
      this.#ring.append(encodeRecord(cell, name, text.slice(at, end)));
      at = end;
    }
  }

  send(event: Event, buffers: readonly Uint8Array[] = []): void {
    if (event.ev === 'output' && this.sink?.cell === event.cell) {
      this.sink.show(event);
      return;
    }
    this.#ring.flush();
    writeFully(FD.events, encodeFrame(event, buffers));
  }
}

const isHighSurrogate = (unit: number): boolean => unit >= 0xd800 && unit <= 0xdbff;
