import type { StreamName } from '../../engine.ts';
import type { Channel, OutputEvent, OutputSink } from '../channel.ts';
import { currentCell } from '../context.ts';
import type { ShownBundle } from '../show.ts';

/** What `%%capture` keeps: the text, and what was shown, the result last. */
export interface CapturedOutput {
  readonly stdout: string;
  readonly stderr: string;
  readonly outputs: readonly ShownBundle[];
  /** Prints and shows it in the cell that calls. */
  show(): void;
}

/** `%%capture`: one cell at a time. */
export class Capturing {
  readonly #channel: Channel;

  constructor(channel: Channel) {
    this.#channel = channel;
  }

  /** From here on the cell's output is kept in the object given. */
  begin = (): CapturedOutput => {
    const sink = new Captured(this.#channel, currentCell());
    this.#channel.sink = sink;
    return sink.kept;
  };

  /** The cell has ended; says whether its result was kept. */
  end(cell: number, result: ShownBundle | undefined): boolean {
    const { sink } = this.#channel;
    if (sink?.cell !== cell) return false;
    if (result) sink.show({ ev: 'output', cell, type: 'display', ...result });
    this.#channel.sink = undefined;
    return true;
  }
}

class Captured implements OutputSink {
  readonly cell: number;
  readonly kept: CapturedOutput;
  readonly #text: Record<StreamName, string> = { stdout: '', stderr: '' };
  #events: OutputEvent[] = [];

  constructor(channel: Channel, cell: number) {
    this.cell = cell;
    const text = this.#text;
    const events = (): readonly OutputEvent[] => this.#events;
    this.kept = {
      get stdout() {
        return text.stdout;
      },
      get stderr() {
        return text.stderr;
      },
      get outputs() {
        return events().flatMap((event) =>
          event.type === 'display' ? [{ data: event.data, metadata: event.metadata }] : [],
        );
      },
      show: () => {
        const to = currentCell();
        for (const name of ['stdout', 'stderr'] as const) channel.print(to, name, text[name]);
        for (const event of events()) channel.send({ ...event, cell: to });
      },
    };
  }

  print(name: StreamName, text: string): void {
    this.#text[name] += text;
  }

  show(event: OutputEvent): void {
    if (event.type === 'clear') this.#events = [];
    else this.#events.push(event);
  }
}
