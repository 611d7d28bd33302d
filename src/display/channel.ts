import { readMember } from './inspect.ts';
import { trackPending } from './queue.ts';
import type { MimeBundle } from './types.ts';

/** Where outputs go. The kernel puts its own under `Symbol.for('descent.channel')` on the global object. */
export interface OutputChannel {
  display(data: MimeBundle, options: OutputOptions): void;
  clear(wait: boolean): void;
  /** Runs `body` so that its outputs go to the cell, also where a widget collects those of the running code. */
  uncaptured?<T>(body: () => T): T;
  /** Told of an output that came to nothing after its call; without it, standard error is. */
  fail?(error: unknown): void;
  /** The running cell. */
  cell?(): RunningCell;
  /** Set where only text/plain is shown. */
  readonly isConsole?: boolean;
  /**
   * Calls `work` once, when the cell that runs ends, unless it is taken back with the function returned. After
   * an interrupt `work` must be quick.
   */
  atEnd?(work: (end: CellEnd) => void): () => void;
}

/** A run of a cell, and its place in the notebook. */
export interface RunningCell {
  /** Counts the runs. */
  readonly run: number;
  /** The cell of the notebook, where the front-end says which one it is. */
  readonly id?: string;
  /** Whether outputs are kept from the notebook. */
  readonly isCaptured: boolean;
  /** Whether the user has deleted a cell. */
  isDeleted(id: string): boolean;
}

/** How a cell ended. */
export type CellEnd = 'ok' | 'error' | 'interrupted';

/** What goes with a bundle: metadata by MIME type, and the identity of the output. */
export interface OutputOptions {
  readonly metadata: Record<string, unknown>;
  readonly displayId?: string;
  readonly update?: boolean;
}

type Broadcast = (type: string, content: Record<string, unknown>) => Promise<void>;

/** The channel of the process: our kernel's, else Deno's kernel, else standard output. */
export function outputChannel(): OutputChannel {
  const injected = readMember(globalThis, Symbol.for('descent.channel'));
  if (injected !== undefined) return injected as OutputChannel;
  const jupyter = readMember(readMember(globalThis, 'Deno'), 'jupyter');
  const broadcast = readMember(jupyter, 'broadcast');
  return typeof broadcast === 'function' ? denoChannel(broadcast.bind(jupyter) as Broadcast) : textChannel;
}

function denoChannel(broadcast: Broadcast): OutputChannel {
  return {
    display(data, { metadata, displayId, update }) {
      const transient = displayId === undefined ? {} : { display_id: displayId };
      trackPending(broadcast(update ? 'update_display_data' : 'display_data', { data, metadata, transient }));
    },
    clear(wait) {
      trackPending(broadcast('clear_output', { wait }));
    },
  };
}

/** Calls `work` when the running cell ends, of a plain program when the process does. */
export function atCellEnd(work: (end: CellEnd) => void): () => void {
  const channel = outputChannel();
  if (channel.atEnd) return channel.atEnd(work);
  const last = (): void => work('ok');
  process.once('exit', last);
  return () => void process.off('exit', last);
}

/** Whether outputs go to a notebook, rather than to a terminal or a pipe. */
export function isNotebook(): boolean {
  return !outputChannel().isConsole;
}

const textChannel: OutputChannel = {
  isConsole: true,
  display(data) {
    const text = data['text/plain'] ?? data['text/markdown'] ?? `[${Object.keys(data).join(', ')}]`;
    if (text !== '') process.stdout.write(`${text}\n`);
  },
  clear() {},
};
