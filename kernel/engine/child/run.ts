import { types } from 'node:util';
import vm from 'node:vm';
import type { CellRequest } from '../engine.ts';
import type { EvaluatedExpression } from '../protocol.ts';
import { CellEnds } from './cellEnds.ts';
import type { Channel } from './channel.ts';
import { runAsCell } from './context.ts';
import { Result } from './hidden.ts';
import type { LazyMagics } from './magics/lazy.ts';
import type { ModuleLoader } from './modules.ts';
import { DeclaredNames } from './names.ts';
import { displaysSettled } from './pendingDisplays.ts';
import { prepare } from './preload.ts';
import { quietInspection } from './quiet.ts';
import type { RingWriter } from './ring.ts';
import { beforeShown, bundleOf, type ShownBundle } from './show.ts';
import type { CellSources } from './sources.ts';
import type { Tracer } from './trace.ts';

export interface RunnerDependencies {
  channel: Channel;
  ring: RingWriter;
  sources: CellSources;
  tracer: Tracer;
  modules: ModuleLoader;
  magics: LazyMagics;
}

/** Runs cells: one script each, in the global scope that all cells share. */
export class Runner {
  /** Resolves when the latest cell has begun: a comm message that was sent after it must not overtake it. */
  begun: Promise<void> = Promise.resolve();
  readonly ends: CellEnds = new CellEnds((cell, error) => this.fail(cell, error));
  readonly #parts: RunnerDependencies;
  readonly #names = new DeclaredNames();
  /** The cells that have not ended, with what they showed and could not. */
  readonly #open = new Map<number, unknown[]>();

  constructor(parts: RunnerDependencies) {
    this.#parts = parts;
    quietInspection();
  }

  /** Settles always: what a cell throws becomes its report. */
  async execute(request: CellRequest): Promise<void> {
    const { channel, sources, tracer, magics } = this.#parts;
    const { cell } = request;
    sources.add(request.file, request.source, request.mappings);
    const failures: unknown[] = [];
    this.#open.set(cell, failures);
    this.ends.begin(cell);
    try {
      const preparing = this.#prepare(request);
      this.begun = preparing.catch(() => undefined);
      await preparing;
      const shown = this.#run(request);
      // The user may have replaced the global Promise.
      const bundle = types.isPromise(shown) ? await shown : shown;
      this.ends.end(cell, 'ok');
      await displaysSettled();
      if (failures.length > 0) throw failures.shift();
      // A display handle shows nothing of its own.
      const isShown = bundle && Object.keys(bundle.data).length > 0;
      if (isShown) beforeShown(bundle);
      const isKept = magics.keepsResult(cell, isShown ? bundle : undefined);
      const result = isShown && !isKept ? { result: bundle } : {};
      channel.send({ ev: 'done', cell, status: 'ok', ...result });
    } catch (thrown) {
      magics.cellEnded(cell);
      this.ends.end(cell, 'error');
      await displaysSettled().catch(() => undefined);
      for (const failure of failures) channel.send({ ev: 'error', cell, error: tracer.report(failure) });
      magics.keepsResult(cell, undefined);
      const error = tracer.report(thrown);
      channel.send({ ev: 'done', cell, status: 'error', error });
    } finally {
      this.#open.delete(cell);
    }
  }

  /** An output that came to nothing: the error of its cell, or one that comes after it. */
  fail(cell: number, error: unknown): void {
    const { channel, tracer } = this.#parts;
    const failures = this.#open.get(cell);
    if (failures) failures.push(error);
    else channel.send({ ev: 'error', cell, error: tracer.report(error) });
  }

  async #prepare({ cell, references, declare, code }: CellRequest): Promise<void> {
    const { ring } = this.#parts;
    // First of all: an interrupt while the rest is loaded must not leave them undeclared.
    this.#names.declare(declare);
    // Why another back end is used is for the reader of the cell.
    const ready = runAsCell(cell, () => prepare(references, code));
    if (ready) {
      ring.critical = true;
      try {
        await ready;
      } finally {
        ring.critical = false;
      }
    }
  }

  #run(request: CellRequest): ShownBundle | undefined | Promise<ShownBundle | undefined> {
    const script = new vm.Script(request.code, {
      filename: request.file,
      importModuleDynamically: vm.constants.USE_MAIN_CONTEXT_DEFAULT_LOADER,
    });
    const show = (value: unknown): ShownBundle | undefined | Promise<ShownBundle> =>
      request.hasResult && value !== undefined ? bundleOf(value) : undefined;
    const unboxed = (value: unknown): ReturnType<typeof show> =>
      show(value instanceof Result ? value.value : value);
    const { magics } = this.#parts;
    const later = async (value: Promise<unknown>): Promise<ShownBundle | undefined> => {
      const settled = await value;
      magics.cellEnded(request.cell);
      return unboxed(settled);
    };
    return runAsCell(request.cell, () => {
      const value = this.#evaluate(script);
      if (request.isAsync) return later(value as Promise<unknown>);
      magics.cellEnded(request.cell);
      return show(value);
    });
  }

  #evaluate(script: vm.Script): unknown {
    const { ring } = this.#parts;
    ring.running = true;
    try {
      return script.runInThisContext({ displayErrors: false });
    } finally {
      ring.running = false;
    }
  }

  /** Evaluates `user_expressions`: each has its own outcome. */
  async evaluate(
    cell: number,
    expressions: Record<string, string>,
  ): Promise<Record<string, EvaluatedExpression>> {
    const results: Record<string, EvaluatedExpression> = {};
    for (const [name, code] of Object.entries(expressions)) {
      try {
        const value: unknown = await runAsCell(cell, () => new vm.Script(code).runInThisContext());
        results[name] = { status: 'ok', ...(await bundleOf(value instanceof Result ? value.value : value)) };
      } catch (thrown) {
        results[name] = { status: 'error', ...this.#parts.tracer.report(thrown) };
      }
    }
    return results;
  }
}
