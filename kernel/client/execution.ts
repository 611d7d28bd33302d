import type { ErrorContent, Json, Message } from '../message/types.ts';
import type { Output } from '../notebook/notebook.ts';
import { KernelTimeoutError } from './errors.ts';
import { type Displays, OutputCollector } from './outputs.ts';
import { type Deferred, deferred } from './wait.ts';

export interface ExecuteOptions {
  silent?: boolean;
  storeHistory?: boolean;
  stopOnError?: boolean;
  userExpressions?: Json;
  allowStdin?: boolean;
  /** Answers `input_request`; without it a cell that asks is told that its input has ended. */
  onStdin?: (prompt: string, password: boolean) => Promise<string>;
  /** Milliseconds; the cell is then interrupted, and the kernel killed when it does not give way. */
  timeout?: number;
  /** Each iopub message of the cell, also those that come after its end. */
  onOutput?: (message: Message) => void;
  /** The list to collect the outputs in: it is up to date at any time. */
  outputs?: Output[];
  metadata?: Json;
}

/** When the cell's messages were sent, under nbformat's names for `metadata.execution`. */
export type Timing = Record<string, string>;

export interface ExecuteResult {
  status: 'ok' | 'error' | 'aborted';
  executionCount: number | null;
  outputs: Output[];
  error?: ErrorContent;
  timing: Timing;
  /** The content of execute_reply. */
  reply: Json;
}

/** How long iopub may be silent between the reply and the idle status. */
const IDLE_TIMEOUT = 10_000;

/** One execute request: done when its reply has come and iopub has said idle. */
export class Execution {
  readonly options: ExecuteOptions;
  readonly #collector: OutputCollector;
  readonly #done: Deferred<ExecuteResult> = deferred();
  readonly #timing: Timing = {};
  #count: number | null = null;
  #reply: Json | undefined;
  #idle = false;
  #watchdog: NodeJS.Timeout | undefined;

  constructor(options: ExecuteOptions, displays: Displays) {
    this.options = options;
    this.#collector = new OutputCollector(displays, options.outputs);
  }

  get done(): Promise<ExecuteResult> {
    return this.#done.promise;
  }

  reply(message: Message): void {
    this.#reply = message.content;
    this.#timing['shell.execute_reply'] = message.header.date;
    this.#advance();
  }

  iopub(message: Message): void {
    const { content, header } = message;
    if (header.msg_type === 'status') {
      this.#timing[`iopub.status.${String(content.execution_state)}`] = header.date;
      if (content.execution_state === 'idle') this.#idle = true;
    } else if (header.msg_type === 'execute_input') {
      this.#timing['iopub.execute_input'] = header.date;
      if (typeof content.execution_count === 'number') this.#count = content.execution_count;
    } else {
      this.#collector.handle(header.msg_type, content);
    }
    this.#advance();
    this.options.onOutput?.(message);
  }

  fail(error: Error): void {
    clearTimeout(this.#watchdog);
    this.#done.reject(error);
  }

  #advance(): void {
    clearTimeout(this.#watchdog);
    if (!this.#reply) return;
    if (this.#idle) {
      this.#done.resolve(this.#result(this.#reply));
      return;
    }
    this.#watchdog = setTimeout(() => {
      this.#done.reject(
        new KernelTimeoutError('the cell was answered but not reported idle on iopub', IDLE_TIMEOUT),
      );
    }, IDLE_TIMEOUT);
  }

  #result(reply: Json): ExecuteResult {
    const status = reply.status === 'ok' ? 'ok' : reply.status === 'error' ? 'error' : 'aborted';
    const count = typeof reply.execution_count === 'number' ? reply.execution_count : this.#count;
    const result: ExecuteResult = {
      status,
      executionCount: count,
      outputs: this.#collector.outputs,
      timing: this.#timing,
      reply,
    };
    if (status !== 'error') return result;
    const { ename, evalue, traceback } = reply;
    const lines = Array.isArray(traceback) ? traceback.map(String) : [];
    return { ...result, error: { ename: String(ename), evalue: String(evalue), traceback: lines } };
  }
}

/** The content of execute_request. */
export function executeContent(code: string, options: ExecuteOptions): Json {
  const silent = options.silent ?? false;
  return {
    code,
    silent,
    store_history: options.storeHistory ?? !silent,
    user_expressions: options.userExpressions ?? {},
    allow_stdin: options.allowStdin ?? options.onStdin !== undefined,
    stop_on_error: options.stopOnError ?? true,
  };
}
