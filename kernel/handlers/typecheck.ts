import type { Diagnostic } from '../language/diagnostics.ts';
import type { Language } from '../language/language.ts';
import type { CheckedCell } from '../language/typed.ts';
import type { ErrorContent, Json, Message } from '../message/types.ts';
import { report } from './outcome.ts';
import { typeWarning } from './typeWarning.ts';

const MODES = ['off', 'warn', 'error'] as const;
/** What becomes of type errors: nothing, a warning below the cell that ran, an error of a cell that does not. */
export type TypecheckMode = (typeof MODES)[number];

/**
 * A cell that follows at once comes first. While no language server runs, that is a pause in the user's work:
 * notebooks that run through never start one.
 */
const WARM_MS = 10;
const COLD_MS = 1000;
/** A cell that runs for so long is checked while it runs, if the server is there. */
const RUNNING_MS = 500;
const MAX_WAITING = 100;

interface Waiting {
  request: Message;
  cell: CheckedCell;
}

export interface TypecheckParts {
  language: Language;
  publish(data: Json, request: Message): void;
  log(line: string): void;
}

/** Looks for type errors in cells that have run, when nothing else is to be done. */
export class Typecheck {
  #mode: TypecheckMode;
  readonly #parts: TypecheckParts;
  #waiting: Waiting[] = [];
  /** What cells that failed said. */
  readonly #errors = new WeakMap<Message, string>();
  #timer: NodeJS.Timeout | undefined;
  #checking = false;

  constructor(parts: TypecheckParts, setting: string | undefined = process.env.DESCENT_TYPECHECK) {
    this.#parts = parts;
    const mode = MODES.find((known) => known === setting);
    if (setting && !mode) parts.log(`DESCENT_TYPECHECK is '${setting}', expected ${MODES.join(', ')}`);
    this.#mode = mode ?? 'warn';
  }

  get mode(): TypecheckMode {
    return this.#mode;
  }

  /** Sets the mode unless it is empty; gives the one that holds. Throws for any other word. */
  set(mode: string): TypecheckMode {
    const wanted = MODES.find((each) => each === mode);
    if (!wanted && mode !== '') throw new RangeError(`%typecheck ${mode}: expected ${MODES.join(', ')}`);
    this.#mode = wanted ?? this.#mode;
    if (this.#mode !== 'warn') this.#waiting = [];
    return this.#mode;
  }

  /** What keeps a cell from running, where errors are to. */
  async refuse(source: string): Promise<ErrorContent | undefined> {
    if (this.#mode !== 'error') return undefined;
    const { language, log } = this.#parts;
    const cell = language.look(source);
    if (!cell) return undefined;
    const diagnostics = await language.diagnose(cell);
    if (!diagnostics) log('the types of a cell could not be checked: it runs unchecked');
    return diagnostics && diagnostics.length > 0 ? typeError(diagnostics) : undefined;
  }

  /** A cell begins to run. Without its request nothing is said of it. */
  began(source: string, request: Message | undefined): void {
    const { language } = this.#parts;
    // While a cell runs, there is no pause.
    clearTimeout(this.#timer);
    if (this.#mode !== 'warn' || !request) {
      language.ran(source);
      return;
    }
    language.ran(source, (cell) => {
      if (this.#waiting.push({ request, cell }) > MAX_WAITING) this.#waiting.shift();
    });
    if (language.warm) this.#schedule(RUNNING_MS);
  }

  /** The cell has failed: what its error says is not to be said again. */
  failed({ evalue }: ErrorContent, request: Message): void {
    if (this.#mode === 'warn') this.#errors.set(request, evalue);
  }

  /** The cell has ended, its reply is sent. */
  ended(): void {
    if (this.#mode === 'warn') this.#schedule(this.#parts.language.warm ? WARM_MS : COLD_MS);
  }

  close(): void {
    clearTimeout(this.#timer);
    this.#waiting = [];
  }

  #schedule(delay: number): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#check(), delay);
    this.#timer.unref();
  }

  async #check(): Promise<void> {
    const { language, publish, log } = this.#parts;
    language.types();
    if (this.#checking) return;
    this.#checking = true;
    try {
      while (this.#waiting.length > 0) {
        await language.quiet();
        const next = this.#waiting.shift();
        if (!next) break;
        const diagnostics = (await language.diagnose(next.cell)) ?? [];
        const said = this.#errors.get(next.request);
        const news = diagnostics.filter(({ name }) => !name || !mentions(said, name));
        if (news.length > 0) publish(typeWarning(news), next.request);
      }
    } catch (error) {
      log(`a type warning could not be shown: ${String(error)}`);
    } finally {
      this.#checking = false;
    }
  }
}

/** Whether a message has a name in it as a word. */
const mentions = (message: string | undefined, name: string): boolean =>
  message?.split(/[^\p{ID_Continue}$]+/u).includes(name) ?? false;

function typeError(diagnostics: readonly Diagnostic[]): ErrorContent {
  const lines = diagnostics.map(
    ({ line, column, code, message }) => `line ${line}, column ${column}: ${message} (TS${code})`,
  );
  const { ename, traceback } = report('TypeCheckError', 'the cell did not run (%typecheck error)');
  return { ename, evalue: lines[0] ?? '', traceback: [...traceback, ...lines] };
}
