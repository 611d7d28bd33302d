import { setImmediate as nextTurn } from 'node:timers/promises';
import type { CellOutcome, CellRequest, Death, Engine, EngineEvents } from './engine.ts';
import { RuntimeLink } from './link.ts';
import { Pending } from './pending.ts';
import { explainDeath, killGroup, killGroups, type RuntimeChild, spawnRuntime } from './process.ts';
import type { Command, CommMessage, EvaluatedExpression, Event, InterruptState, Query } from './protocol.ts';
import { pipesRead, RawOutput } from './rawOutput.ts';
import { reportCell } from './report.ts';

/** An interrupt that the runtime has not answered by then costs its state. */
const INTERRUPT_MS = 2500;
/** How long an idle runtime may take to confirm that it has cancelled a cell. */
const CANCEL_MS = 50;
/** After the end of a process, how long its descriptors may deliver: a grandchild can hold them open. */
const CLOSE_MS = 500;

interface Running {
  cell: number;
  settle: (outcome: CellOutcome) => void;
}

/** The engine: a runtime process, replaced by a fresh one when it dies. */
export class RuntimeEngine implements Engine {
  readonly #events: EngineEvents;
  readonly #raw: RawOutput;
  readonly #answers = new Pending<unknown>();
  readonly #interruptible = new Set<number>();
  #child!: RuntimeChild;
  #link!: RuntimeLink;
  #running: Running | undefined;
  #alive = false;
  #ready = false;
  #closing = false;
  #exitRequested = false;
  /** The death that an interrupt without an answer brings about. */
  #killedByInterrupt = false;
  #isReset = false;
  #reportDeath: () => void = () => undefined;
  #interrupting: Promise<void> | undefined;
  /** The cell that the runtime was told last to give up. */
  #cancelling: { id: number; cell: number | undefined } | undefined;
  /** Of the commands that the runtime has started. */
  #groups: readonly number[] = [];

  constructor(events: EngineEvents) {
    this.#events = events;
    this.#raw = new RawOutput(events.stream);
    this.#start();
  }

  get pid(): number | undefined {
    return this.#child.process.pid;
  }

  execute(request: CellRequest): Promise<CellOutcome> {
    if (!this.#alive) this.#start();
    this.#raw.cell = request.cell;
    return new Promise((settle) => {
      const finish = (outcome: CellOutcome): void => {
        if (this.#running?.cell !== request.cell) return;
        this.#running = undefined;
        if (outcome.status === 'ok' || outcome.status === 'error') {
          void this.#raw.read().then(() => settle(outcome));
        } else settle(outcome);
      };
      this.#running = { cell: request.cell, settle: finish };
      this.#link.command({ op: 'execute', ...request });
    });
  }

  async evaluate(
    cell: number,
    expressions: Record<string, string>,
  ): Promise<Record<string, EvaluatedExpression>> {
    const [id, answer] = this.#answers.open();
    this.#link.command({ op: 'evaluate', id, cell, expressions });
    return ((await this.#task(id, answer)) ?? {}) as Record<string, EvaluatedExpression>;
  }

  async comm(cell: number, message: CommMessage, buffers: readonly Uint8Array[]): Promise<void> {
    if (this.#interrupting) await this.#interrupting;
    const [id, answer] = this.#answers.open();
    this.#link.command({ op: 'comm', id, cell, ...message }, buffers);
    await this.#task(id, answer);
  }

  async query<T>(query: Query, timeout: number): Promise<T | undefined> {
    const [id, answer] = this.#answers.open(timeout);
    this.#link.interrupter({ op: 'query', id, query });
    return (await answer) as T | undefined;
  }

  reply(value: string | null, error?: string): void {
    this.#link.interrupter(error === undefined ? { op: 'input', value } : { op: 'input', value, error });
  }

  get interrupting(): Promise<void> | undefined {
    return this.#interrupting;
  }

  /** Interrupts that come while one is under way are that one: nothing new begins before it has ended. */
  interrupt(): Promise<void> {
    this.#interrupting ??= this.#interruptNow().finally(() => {
      this.#interrupting = undefined;
    });
    return this.#interrupting;
  }

  async #interruptNow(): Promise<void> {
    const running = this.#running;
    const child = this.#child;
    const deadline = Date.now() + INTERRUPT_MS;
    do {
      const state = await this.#interruptOnce(deadline - Date.now());
      if (state === 'stuck') break;
      // What the cell wrote before it was stopped, and an end that it reached by itself, come first.
      await nextTurn();
      const ended = !running || this.#running !== running;
      if (ended && this.#interruptible.size === 0 && state === 'idle') return;
      if (await this.#cancel(ended ? undefined : running.cell)) {
        // Stopped code has no way to answer.
        for (const id of this.#interruptible) this.#answers.settle(id, undefined);
        return;
      }
      // The runtime was idle because the code had yet to begin: it is stopped where it runs now.
    } while (Date.now() < deadline);
    if (child !== this.#child || !this.#alive || (running && this.#running !== running)) return;
    this.#killedByInterrupt = true;
    await this.#kill();
  }

  async reset(): Promise<void> {
    this.#isReset = true;
    await this.#kill();
  }

  async #kill(): Promise<void> {
    const death = new Promise<void>((resolve) => {
      this.#reportDeath = resolve;
    });
    killGroup(this.#child.process);
    await death;
  }

  async #interruptOnce(timeout: number): Promise<InterruptState> {
    const [id, answer] = this.#answers.open(timeout);
    this.#link.interrupter({ op: 'interrupt', id });
    return ((await answer) as InterruptState | undefined) ?? 'stuck';
  }

  /** Keeps a cell that waits from going on; false when the runtime does not take the command. */
  async #cancel(cell: number | undefined): Promise<boolean> {
    const [id, answer] = this.#answers.open(CANCEL_MS);
    this.#cancelling = { id, cell };
    this.#link.command(cell === undefined ? { op: 'cancel', id } : { op: 'cancel', id, cell });
    return (await answer) === true;
  }

  /** Waits for an answer that an interrupt may keep from coming. */
  async #task(id: number, answer: Promise<unknown>): Promise<unknown> {
    this.#interruptible.add(id);
    try {
      return await answer;
    } finally {
      this.#interruptible.delete(id);
    }
  }

  async shutdown(): Promise<void> {
    this.#closing = true;
    const { process: child } = this.#child;
    if (child.exitCode !== null || child.signalCode !== null) return;
    const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
    killGroup(child);
    await ended;
  }

  #start(): void {
    const child = spawnRuntime();
    this.#child = child;
    this.#alive = true;
    this.#ready = false;
    this.#exitRequested = false;
    this.#raw.begin();
    this.#link = new RuntimeLink(child, {
      raw: (name, text) => this.#raw.take(name, text),
      stream: this.#events.stream,
      event: (event, buffers) => this.#handle(event, buffers),
      interrupter: (event) => {
        if (event.ev === 'sync') void pipesRead().then(() => this.#link.interrupter({ op: 'synced' }));
        else this.#answers.settle(event.id, event.ev === 'answer' ? event.answer : event.state);
      },
    });
    child.process.on('error', (error) => this.#events.stream(this.#raw.cell, 'stderr', `${error.message}\n`));
    let ended = false;
    const end = (code: number | null, signal: NodeJS.Signals | null): void => {
      if (!ended) this.#died(code, signal);
      ended = true;
    };
    child.process.on('exit', (code, signal) => {
      killGroup(child.process);
      killGroups(this.#groups);
      this.#groups = [];
      setTimeout(end, CLOSE_MS, code, signal).unref();
    });
    child.process.on('close', end);
  }

  #handle(event: Event, buffers: Buffer[]): void {
    const own = reportCell(event, buffers, this.#events);
    switch (own?.ev) {
      case 'done':
        if (own.cell === this.#running?.cell) {
          const { ev: _ev, cell: _cell, ...outcome } = own;
          this.#running.settle(outcome);
        }
        break;
      case 'evaluated':
        this.#answers.settle(own.id, own.results);
        break;
      case 'comm-done':
        this.#answers.settle(own.id, undefined);
        break;
      case 'cancelled':
        this.#cancelled(own.id);
        this.#answers.settle(own.id, true);
        break;
      case 'ask':
        void this.#answer(own.id, this.#events.ask(own.cell, own.question));
        break;
      case 'groups':
        this.#groups = own.groups;
        break;
      case 'exiting':
        this.#exitRequested = true;
        break;
      case 'ready':
        this.#ready = true;
        break;
    }
  }

  /** Settles the cell at once: its own end, as by a command that died of the interrupt, may be read in the same turn. */
  #cancelled(id: number): void {
    const running = this.#running;
    if (id !== this.#cancelling?.id || running?.cell !== this.#cancelling.cell) return;
    running?.settle({ status: 'interrupted', stateLost: false });
  }

  async #answer(id: number, answer: Promise<unknown>): Promise<void> {
    const child = this.#child;
    const command: Command = await answer.then(
      (value) => ({ op: 'answer', id, value }) as const,
      (error: unknown) => ({
        op: 'answer',
        id,
        error: error instanceof Error ? error.message : String(error),
      }),
    );
    // Another runtime has other questions.
    if (child === this.#child) this.#link.command(command);
  }

  #died(code: number | null, signal: NodeJS.Signals | null): void {
    if (this.#closing) return;
    const running = this.#running;
    const interrupted = this.#killedByInterrupt;
    const isReset = this.#isReset;
    const death = this.#deathBy(code, signal);
    this.#killedByInterrupt = false;
    this.#isReset = false;
    this.#alive = false;
    this.#answers.settleAll(undefined);
    // One that could not even start is tried again with the next cell, not for ever.
    if (this.#ready) this.#start();
    this.#events.died(death);
    this.#reportDeath();
    if (isReset) running?.settle({ status: 'ok' });
    else if (interrupted) running?.settle({ status: 'interrupted', stateLost: true });
    else running?.settle({ status: 'died', death });
  }

  #deathBy(code: number | null, signal: NodeJS.Signals | null): Death {
    if (this.#isReset) return { code, signal, reason: 'a fresh runtime was asked for', isReset: true };
    if (!this.#killedByInterrupt) return explainDeath(code, signal, this.#exitRequested, this.#raw.lastWords);
    return { code, signal, reason: 'an interrupt that the code did not give way to ended the runtime' };
  }
}
