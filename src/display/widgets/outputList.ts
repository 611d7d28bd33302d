import type { MimeBundle } from '../types.ts';

/** An output of a cell as notebooks keep it. */
export type SavedOutput =
  | { output_type: 'stream'; name: 'stdout' | 'stderr'; text: string }
  | { output_type: 'display_data'; data: MimeBundle; metadata: Record<string, unknown> }
  | ({ output_type: 'error' } & ErrorReport);

/** An error as cells show it. */
export interface ErrorReport {
  ename: string;
  evalue: string;
  traceback: string[];
}

interface DisplayOptions {
  readonly metadata: Record<string, unknown>;
  readonly displayId?: string;
  readonly update?: boolean;
}

/** Collects outputs in place of the cell; the kernel calls the first four. */
export class OutputList {
  #outputs: SavedOutput[] = [];
  readonly #shown = new Map<string, SavedOutput>();
  readonly #changed: () => void;
  #clearsNext = false;

  constructor(changed: () => void, outputs: readonly SavedOutput[] = []) {
    this.#changed = changed;
    this.#outputs = [...outputs];
  }

  /** A list of its own at each call. */
  get outputs(): readonly SavedOutput[] {
    return [...this.#outputs];
  }

  stream(name: 'stdout' | 'stderr', text: string): void {
    this.#clearIfAsked();
    const last = this.#outputs.at(-1);
    if (last?.output_type === 'stream' && last.name === name) {
      this.#outputs[this.#outputs.length - 1] = { ...last, text: last.text + text };
      this.#changed();
    } else this.#push({ output_type: 'stream', name, text });
  }

  /** Whether it is one of these outputs, or a new one. */
  display(data: MimeBundle, { metadata, displayId, update = false }: DisplayOptions): boolean {
    const output: SavedOutput = { output_type: 'display_data', data, metadata };
    const shown = displayId === undefined ? undefined : this.#shown.get(displayId);
    if (update && !shown) return false;
    if (displayId !== undefined) this.#shown.set(displayId, output);
    if (update) {
      this.#outputs = this.#outputs.map((one) => (one === shown ? output : one));
      this.#changed();
    } else {
      this.#clearIfAsked();
      this.#push(output);
    }
    return true;
  }

  clear(wait: boolean): void {
    this.#clearsNext = wait;
    if (wait) return;
    this.#outputs = [];
    this.#shown.clear();
    this.#changed();
  }

  error(error: ErrorReport): void {
    this.#clearIfAsked();
    const { ename, evalue, traceback } = error;
    this.#push({ output_type: 'error', ename, evalue, traceback });
  }

  #push(output: SavedOutput): void {
    this.#outputs.push(output);
    this.#changed();
  }

  #clearIfAsked(): void {
    if (!this.#clearsNext) return;
    this.#clearsNext = false;
    this.#outputs = [];
    this.#shown.clear();
  }
}
