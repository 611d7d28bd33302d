import type { ErrorReport, StreamName } from '../engine.ts';
import type { CellEnd } from './cellEnds.ts';
import type { Channel, OutputEvent } from './channel.ts';
import type { Comms } from './comms.ts';
import { bindOutput, currentCapture, currentCell, runCaptured, runUncaptured } from './context.ts';
import type { NotebookCell } from './notebookCells.ts';

interface DisplayOptions {
  metadata: Record<string, unknown>;
  displayId?: string;
  update?: boolean;
}

/** What takes the output of a part of a cell: an Output widget. */
interface OutputSink {
  stream(name: StreamName, text: string): void;
  /** An update that is not of one of its outputs is not taken: it answers false. */
  display(data: Record<string, unknown>, options: DisplayOptions): boolean;
  clear(wait: boolean): void;
  error(error: ErrorReport): void;
}

/** What the toolkit finds under `Symbol.for('descent.channel')`: it knows the kernel by nothing else. */
export interface ToolkitChannel {
  display(data: Record<string, unknown>, options: DisplayOptions): void;
  clear(wait: boolean): void;
  fail(error: unknown): void;
  /** The run of a cell whose code asks. */
  cell(): NotebookCell;
  /** Calls `work` when that run ends, unless it is taken back with the function returned. */
  atEnd(work: (end: CellEnd) => void): () => void;
  readonly comms: Comms;
  /** Runs `body`; what it prints and shows, now and later, goes to `sink`. */
  capture<T>(sink: OutputSink, body: () => T): T;
  /** Runs `body`; what it prints and shows goes to the cell. */
  uncaptured<T>(body: () => T): T;
  /** A function whose output goes where that of the code goes that binds it. */
  bind<A extends unknown[], T>(call: (...values: A) => T): (...values: A) => T;
  /** Runs a short step that an interrupt must not cut in two. */
  whole<T>(step: () => T): T;
  /** An error as cells show it. */
  report(error: unknown): ErrorReport;
}

export interface ToolkitChannelParts {
  channel: Channel;
  comms: Comms;
  fail(cell: number, error: unknown): void;
  report(error: unknown): ErrorReport;
  running(cell: number): NotebookCell;
  atEnd(cell: number, work: (end: CellEnd) => void): () => void;
  whole<T>(step: () => T): T;
}

function takes(sink: OutputSink, event: OutputEvent): boolean {
  if (event.type === 'clear') {
    sink.clear(event.wait);
    return true;
  }
  const { data, metadata, displayId, update } = event;
  return sink.display(data, {
    metadata,
    ...(displayId === undefined ? {} : { displayId }),
    ...(update === undefined ? {} : { update }),
  });
}

/** Outputs of the running code, comms, and captures of parts of a cell's output. */
export function toolkitChannel(parts: ToolkitChannelParts): ToolkitChannel {
  const { channel, comms, fail, report } = parts;
  const output = (event: OutputEvent): void => {
    if (!currentCapture()?.send(event)) channel.send(event);
  };
  return {
    comms,
    report,
    bind: bindOutput,
    whole: (step) => parts.whole(step),
    uncaptured: runUncaptured,
    cell: () => {
      const cell = parts.running(currentCell());
      return currentCapture() ? { ...cell, isCaptured: true } : cell;
    },
    atEnd: (work) => parts.atEnd(currentCell(), work),
    display: (data, options) =>
      output({ ev: 'output', cell: currentCell(), type: 'display', data, ...options }),
    clear: (wait) => output({ ev: 'output', cell: currentCell(), type: 'clear', wait }),
    fail: (error) => {
      const capture = currentCapture();
      const isTaken = capture?.send({ ev: 'error', cell: currentCell(), error: report(error) });
      if (!isTaken) fail(currentCell(), error);
    },
    capture: (sink, body) =>
      runCaptured(
        {
          print: (name, text) => sink.stream(name, text),
          send: (event) => {
            if (event.ev === 'output') return takes(sink, event);
            if (event.ev === 'error') sink.error(event.error);
            return event.ev === 'error';
          },
        },
        body,
      ),
  };
}
