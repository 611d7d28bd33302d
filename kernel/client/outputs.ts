import type { Json } from '../message/types.ts';
import { isJsonObject } from '../notebook/json.ts';
import type {
  DisplayDataOutput,
  ExecuteResultOutput,
  JsonObject,
  MimeBundle,
  Output,
} from '../notebook/notebook.ts';

type Shown = DisplayDataOutput | ExecuteResultOutput;

/** The outputs that `update_display_data` replaces, by display id; one for all cells of a kernel. */
export class Displays {
  readonly #shown = new Map<string, Set<Shown>>();

  add(id: string, output: Shown): void {
    const outputs = this.#shown.get(id) ?? new Set();
    this.#shown.set(id, outputs.add(output));
  }

  update(id: string, data: MimeBundle, metadata: JsonObject): void {
    for (const output of this.#shown.get(id) ?? []) {
      output.data = data;
      output.metadata = metadata;
    }
  }

  remove(output: Output): void {
    for (const outputs of this.#shown.values()) outputs.delete(output as Shown);
  }
}

function object<T extends object>(value: unknown): T {
  return (isJsonObject(value) ? value : {}) as T;
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

/** Turns one cell's iopub messages into notebook outputs, as a front-end does. */
export class OutputCollector {
  /** The list that is filled; the caller's own when one was given. */
  readonly outputs: Output[];
  readonly #displays: Displays;
  #clearNext = false;

  constructor(displays: Displays, outputs: Output[] = []) {
    this.#displays = displays;
    this.outputs = outputs;
  }

  /** Says whether the message is one that concerns outputs. */
  handle(type: string, content: Json): boolean {
    switch (type) {
      case 'stream':
        this.#stream(text(content.name) || 'stdout', text(content.text));
        return true;
      case 'display_data':
      case 'execute_result':
        this.#show(type, content);
        return true;
      case 'update_display_data':
        this.#displays.update(displayId(content) ?? '', object(content.data), object(content.metadata));
        return true;
      case 'error':
        this.#error(content);
        return true;
      case 'clear_output':
        if (content.wait === true) this.#clearNext = true;
        else this.#clear();
        return true;
      default:
        return false;
    }
  }

  /** Consecutive text of one stream is one output. */
  #stream(name: string, added: string): void {
    this.#clearIfAsked();
    const last = this.outputs.at(-1);
    if (last?.output_type === 'stream' && last.name === name) last.text += added;
    else this.outputs.push({ output_type: 'stream', name, text: added });
  }

  #show(type: 'display_data' | 'execute_result', content: Json): void {
    this.#clearIfAsked();
    const bundle = { data: object<MimeBundle>(content.data), metadata: object<JsonObject>(content.metadata) };
    const count = typeof content.execution_count === 'number' ? content.execution_count : null;
    const output: Shown =
      type === 'display_data'
        ? { output_type: type, ...bundle }
        : { output_type: type, execution_count: count, ...bundle };
    const id = displayId(content);
    if (id !== undefined) this.#displays.add(id, output);
    this.outputs.push(output);
  }

  #error(content: Json): void {
    this.#clearIfAsked();
    this.outputs.push({
      output_type: 'error',
      ename: text(content.ename),
      evalue: text(content.evalue),
      traceback: Array.isArray(content.traceback) ? content.traceback.map(String) : [],
    });
  }

  #clearIfAsked(): void {
    if (this.#clearNext) this.#clear();
  }

  #clear(): void {
    this.#clearNext = false;
    for (const output of this.outputs.splice(0)) this.#displays.remove(output);
  }
}

function displayId(content: Json): string | undefined {
  const id = object<Json>(content.transient).display_id;
  return typeof id === 'string' ? id : undefined;
}
