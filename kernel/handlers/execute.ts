import { join } from 'node:path';
import { CellSyntaxError, syntaxTraceback } from '../cells/errors.ts';
import { LARGE_CELL, transformLargeCell } from '../cells/large.ts';
import { namesOf } from '../cells/magics/names.ts';
import { inspectionRequest } from '../cells/magics/question.ts';
import { SessionNames } from '../cells/session.ts';
import type { TransformedCell } from '../cells/transform.ts';
import type { Death, Engine, OutputRequest } from '../engine/engine.ts';
import type { SessionName } from '../engine/protocol.ts';
import type { Language } from '../language/language.ts';
import type { ErrorContent, Json, Message } from '../message/types.ts';
import { checkContent, errorContent, field, RequestError } from '../session/dispatch.ts';
import type { History } from '../session/history.ts';
import type { Parents } from '../session/parents.ts';
import type { MessageSender } from '../session/publisher.ts';
import type { Subshell } from '../session/subshells.ts';
import type { InputBroker } from './input.ts';
import { jsxOptions } from './jsx.ts';
import { notebookCell } from './notebookCell.ts';
import { outcomeError, report } from './outcome.ts';
import { pageOf } from './questions.ts';
import type { Typecheck } from './typecheck.ts';
import { evaluateExpressions } from './userExpressions.ts';

export interface ExecuteParts {
  sender: MessageSender;
  engine: () => Engine;
  subshell: () => Subshell;
  parents: Parents;
  history: History;
  language: Language;
  typecheck: Typecheck;
  input: InputBroker;
}

interface Options {
  code: string;
  silent: boolean;
  storeHistory: boolean;
  userExpressions: Json;
  allowStdin: boolean;
  stopOnError: boolean;
}

interface Finished {
  error?: ErrorContent;
  payload?: Json[];
  userExpressions?: Json;
}

function options(request: Message): Options {
  checkContent(request);
  const silent = field(request, 'silent', 'boolean', false);
  return {
    code: field(request, 'code', 'string'),
    silent,
    storeHistory: !silent && field(request, 'store_history', 'boolean', true),
    userExpressions: field(request, 'user_expressions', 'object', {}),
    allowStdin: field(request, 'allow_stdin', 'boolean', true),
    stopOnError: field(request, 'stop_on_error', 'boolean', true),
  };
}

const NONE: ReadonlySet<string> = new Set();

/** Runs execute requests: transforms the cell, hands it to the engine, reports what comes of it. */
export class CellExecutor {
  readonly #parts: ExecuteParts;
  #names = new SessionNames();
  #notice: string | undefined;
  #current: Message | undefined;
  #interrupted: Message | undefined;
  /** The latest one, and what it has for the reply. */
  #cell = 0;
  #payload: Json[] = [];
  #cancelTransform: (() => void) | undefined;
  #cells: typeof import('../cells/transform.ts') | undefined;

  constructor(parts: ExecuteParts) {
    this.#parts = parts;
  }

  /** The request that runs now. */
  get current(): Message | undefined {
    return this.#current;
  }

  /** Whether a name means something outside the cell that mentions it. */
  knows(name: string): boolean {
    return namesOf(this.#names, NONE).known(name);
  }

  /** The engine lost its state: names are to be declared again, and the next cell says so. */
  stateLost(death: Death): void {
    this.#names = new SessionNames();
    this.#parts.language.cleared();
    if (death.isReset) return;
    this.#notice = `${death.reason}. A fresh runtime has started: variables, functions and imports of earlier cells are gone.\n`;
  }

  /** What the cells have declared, as it is written and as it is called in the code that runs. */
  get names(): SessionName[] {
    const { declared, aliases } = this.#names;
    const written = new Map([...aliases].map(([name, alias]) => [alias, name]));
    return [...declared].map((binding) => ({ name: written.get(binding) ?? binding, binding }));
  }

  /** Stops the cell that runs, also one that has yet to reach the engine. */
  async interrupt(): Promise<void> {
    this.#interrupted = this.#current;
    this.#cancelTransform?.();
    await this.#parts.engine().interrupt();
  }

  async run(request: Message): Promise<void> {
    const { sender, subshell } = this.#parts;
    this.#current = request;
    sender.status('busy', request.header);
    try {
      const finished = await this.#execute(request);
      // Requests sent together with this one are let in first; those sent after the reply are spared.
      if (finished.abort) await subshell().allArrived();
      this.#reply(request, finished);
      if (finished.abort) subshell().abortQueued();
    } catch (error) {
      this.#refuse(request, error);
    }
    this.#current = undefined;
    sender.status('idle', request.header);
    this.#parts.typecheck.ended();
  }

  /** A request that could not even be run: in itself, or by a fault of the kernel's, which must be seen. */
  #refuse(request: Message, error: unknown): void {
    if (error instanceof RequestError) {
      this.#reply(request, { error: errorContent(error) });
      return;
    }
    const content = errorContent(new Error(`the kernel could not run this cell: ${String(error)}`));
    this.#parts.sender.publish('error', content, { parent: request.header });
    this.#reply(request, { error: content });
    this.#parts.subshell().abortQueued();
  }

  /** Answers a request that an error before it keeps from running. */
  abort(request: Message): void {
    const { sender, subshell } = this.#parts;
    sender.status('busy', request.header);
    sender.reply('shell', request, 'execute_reply', {
      status: 'aborted',
      execution_count: subshell().executionCount,
      ename: 'Aborted',
      evalue: 'an earlier cell failed',
      traceback: [],
    });
    sender.status('idle', request.header);
  }

  #reply(request: Message, { error, payload = [], userExpressions = {} }: Finished): void {
    const count = this.#parts.subshell().executionCount;
    const content = error
      ? { status: 'error', execution_count: count, ...error, user_expressions: {}, payload: [] }
      : { status: 'ok', execution_count: count, payload, user_expressions: userExpressions };
    this.#parts.sender.reply('shell', request, 'execute_reply', content);
  }

  async #execute(request: Message): Promise<Finished & { abort: boolean }> {
    const chosen = options(request);
    const { sender, history, subshell, input } = this.#parts;
    const shell = subshell();
    if (chosen.storeHistory) shell.executionCount += 1;
    if (!chosen.silent) {
      const content = { code: chosen.code, execution_count: shell.executionCount };
      sender.publish('execute_input', content, { parent: request.header });
    }
    if (chosen.storeHistory) history.add(shell.executionCount, chosen.code);
    const question = inspectionRequest(chosen.code);
    if (question) {
      const page = await pageOf(this.#parts.language, question.expression, question.detail);
      return { payload: [page], abort: false };
    }
    const finished = await this.#runCell(request, chosen);
    input.forget();
    if (finished.error) {
      this.#parts.typecheck.failed(finished.error, request);
      sender.publish('error', { ...finished.error }, { parent: request.header });
    }
    return { ...finished, abort: finished.error !== undefined && chosen.stopOnError && !chosen.silent };
  }

  /** For the reply to the request of a cell that runs. */
  payload(cell: number, payload: Json): void {
    if (cell === this.#cell) this.#payload.push(payload);
  }

  async #runCell(request: Message, chosen: Options): Promise<Finished> {
    const { sender, engine, parents, subshell, typecheck } = this.#parts;
    const cell = parents.add(request);
    this.#cell = cell;
    this.#payload = [];
    const name = chosen.silent || !chosen.storeHistory ? `silent-${cell}` : String(subshell().executionCount);
    const file = join(process.cwd(), `cell-${name}.ts`);
    if (this.#notice !== undefined && !chosen.silent) {
      sender.publish('stream', { name: 'stderr', text: this.#notice }, { parent: request.header });
      this.#notice = undefined;
    }
    // Without a wait once it is loaded: a comm message that follows a cell must not overtake it.
    this.#cells ??= await import('../cells/transform.ts');
    const { transformCell } = this.#cells;
    const { interrupting } = engine();
    if (interrupting) await interrupting;
    try {
      const transformed =
        chosen.code.length > LARGE_CELL
          ? await this.#transformAside(chosen.code, file)
          : transformCell(chosen.code, file, this.#names, () => jsxOptions(file));
      if (this.#interrupted === request || !transformed)
        return { error: report('Interrupted', 'the cell was stopped before it began') };
      // What a front-end runs for itself is not looked at.
      const checked = chosen.storeHistory ? request : undefined;
      const refused = checked && typecheck.mode === 'error' && (await typecheck.refuse(chosen.code));
      if (refused) return { error: refused };
      typecheck.began(chosen.code, checked);
      for (const declared of transformed.names) this.#names.declared.add(declared);
      const { code, mappings, names, references, isAsync, hasResult } = transformed;
      const outcome = await engine().execute({
        ...{ cell, code, file, source: chosen.code, mappings, declare: names, references, isAsync },
        hasResult: hasResult && !chosen.silent,
        allowStdin: chosen.allowStdin,
        ...notebookCell(request, cell, chosen.allowStdin),
      });
      const error = outcomeError(outcome);
      if (error) return { error };
      if (outcome.status === 'ok' && outcome.result) {
        const content = { ...outcome.result, execution_count: subshell().executionCount };
        sender.publish('execute_result', content, { parent: request.header });
      }
      const userExpressions = await evaluateExpressions(
        chosen.userExpressions,
        this.#names,
        // The interrupt may have come when the cell had just ended.
        async (runnable) => (this.#interrupted === request ? {} : engine().evaluate(cell, runnable)),
      );
      return { userExpressions, payload: this.#payload };
    } catch (error) {
      if (!(error instanceof CellSyntaxError)) throw error;
      return { error: { ename: error.name, evalue: error.message, traceback: syntaxTraceback(error) } };
    }
  }

  async #transformAside(code: string, file: string): Promise<TransformedCell | undefined> {
    const transform = transformLargeCell(code, file, this.#names);
    this.#cancelTransform = transform.cancel;
    try {
      return await transform.result;
    } finally {
      this.#cancelTransform = undefined;
    }
  }

  /** Publishes what a cell shows, also after it has ended. */
  output(cell: number, output: OutputRequest): void {
    const { sender, parents } = this.#parts;
    const request = parents.get(cell);
    const parent = request?.header;
    if (output.type === 'clear') {
      sender.publish('clear_output', { wait: output.wait }, { parent });
      return;
    }
    const { data, metadata } = output;
    const transient = output.displayId === undefined ? {} : { display_id: output.displayId };
    const type = output.update ? 'update_display_data' : 'display_data';
    sender.publish(type, { data, metadata, transient }, { parent });
  }
}
