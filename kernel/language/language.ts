import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { tooDeep } from '../cells/depth.ts';
import { maskMagics } from '../cells/magics/mask.ts';
import type { Ask } from './ask.ts';
import { inPattern, placeAtEnd } from './chain.ts';
import type { Diagnostic } from './diagnostics.ts';
import { inTime } from './inTime.ts';
import { chainAround, LiveLanguage, offered } from './live.ts';
import type { Completeness, Completion, CompletionItem, Inspection, LanguageService } from './service.ts';
import { shown } from './shown.ts';
import type { CheckedCell, TypedLanguage } from './typed.ts';

/** A cell that may have magics, now or with what is written next. */
const MAGIC = /^[ \t]*[%!]|=[ \t]*[%!]/m;
/** Longer code is answered about without types. */
const MAX_LENGTH = 1_000_000;
/** An answer from types that takes longer than this is given without them. */
const TYPED_MS = 1500;
const DIAGNOSE_MS = 5000;
/** So many cells are kept for the first question: a program may run cells for days, and never ask. */
const MAX_RAN = 2000;
/** Nobody is typing when nothing was asked for so long. */
const QUIET_MS = 300;

export interface LanguageOptions {
  ask: Ask;
  /** The notebook's folder. */
  folder: string;
  /** Whether there is to be a language server. */
  typed: boolean;
  /** Whether a name has a meaning outside the cell. */
  known(name: string): boolean;
  /** Whether cells may have JSX. */
  hasJsx(): boolean;
  log(line: string): void;
}

/** What cells have done since types were last asked about. */
type Ran = { source: string; look?: (cell: CheckedCell) => void } | 'cleared';

/** Answers from types where the language server has them, from the values of the runtime otherwise. */
export class Language implements LanguageService {
  readonly #options: LanguageOptions;
  readonly #live: LiveLanguage;
  #typed: TypedLanguage | undefined;
  #failed = false;
  /** Kept until somebody asks: a cell that runs waits for none of this. */
  #ran: Ran[] = [];
  #asked = Number.NEGATIVE_INFINITY;

  constructor(options: LanguageOptions) {
    this.#options = options;
    this.#live = new LiveLanguage(options.ask);
  }

  /** Whether the language server runs. */
  get warm(): boolean {
    return this.#typed?.pid !== undefined;
  }

  /** A cell begins to run. `look` is called with what it is to be checked by, at the next question about types. */
  ran(source: string, look?: (cell: CheckedCell) => void): void {
    if (!this.#options.typed) return;
    const masked = this.#masked(source);
    this.#ran.push(look ? { source: masked, look } : { source: masked });
    if (this.#ran.length > MAX_RAN) this.#ran.shift();
  }

  /** A cell that is yet to run, as it is to be checked. */
  look(source: string): CheckedCell | undefined {
    return this.types()?.look(this.#masked(source));
  }

  /** What is TypeScript in a cell. */
  #masked(code: string): string {
    return maskMagics(code, this.#options.known);
  }

  /** The names of all cells are gone. */
  cleared(): void {
    this.#ran.push('cleared');
  }

  /** The types, up to date with the cells; loaded at the first question. */
  types(): TypedLanguage | undefined {
    if (this.#failed || !this.#options.typed) return undefined;
    try {
      this.#typed ??= this.#load();
    } catch (error) {
      this.#failed = true;
      this.#options.log(`there will be no types: ${String(error)}`);
      return undefined;
    }
    const typed = this.#typed;
    const ran = this.#ran;
    this.#ran = [];
    for (const cell of ran) {
      if (cell === 'cleared') typed.cleared();
      else {
        const looked = cell.look && typed.look(cell.source);
        if (looked) cell.look?.(looked);
        typed.ran(cell.source);
      }
    }
    return typed;
  }

  /** The compiler, too, needs its time for what no parser takes. */
  #typesFor(code: string): TypedLanguage | undefined {
    return code.length > MAX_LENGTH || tooDeep(code) !== undefined ? undefined : this.types();
  }

  #load(): TypedLanguage {
    const path = './typed.cjs';
    const { TypedLanguage } = createRequire(import.meta.url)(path) as typeof import('./typed.ts');
    const { folder, log } = this.#options;
    const types = join(dirname(fileURLToPath(import.meta.url)), 'types');
    return new TypedLanguage({ folder, types, log });
  }

  /** Waits for a moment in which nobody is typing: a look at a cell keeps the next question waiting. */
  async quiet(): Promise<void> {
    for (;;) {
      const left = this.#asked + QUIET_MS - performance.now();
      if (left <= 0) return;
      await sleep(left, undefined, { ref: false });
    }
  }

  async complete(code: string, cursor: number): Promise<Completion> {
    this.#asked = performance.now();
    if (MAGIC.test(code)) {
      const magic = await (await import('./magics.ts')).completeMagic(code, cursor, this.#options);
      if (magic) return magic;
    }
    if (inPattern(code, cursor)) return { start: cursor, end: cursor, items: [] };
    const masked = withLineAt(cursor, code, this.#masked(code));
    const isName = placeAtEnd(masked.slice(0, cursor)).kind === 'name';
    const names = isName ? this.#live.names(code) : [];
    const typed = await inTime(this.#typesFor(code)?.complete(masked, cursor), TYPED_MS);
    if (!typed || typed.items.length === 0) return this.#live.complete(code, cursor);
    const { start, end, items, anyName } = typed;
    if (!anyName) return { start, end, items };
    const known = new Set(items.map(({ text }) => text));
    const others = offered(await names, code.slice(start, cursor)).filter(({ text }) => !known.has(text));
    return { start, end, items: merged(items, others) };
  }

  async inspect(code: string, cursor: number, detail: 0 | 1): Promise<Inspection | undefined> {
    this.#asked = performance.now();
    const magic = MAGIC.test(code) && (await import('./magics.ts')).inspectMagic(code, cursor);
    if (magic) return magic;
    const chain = chainAround(code, cursor);
    if (!chain) return undefined;
    const name = /[\p{ID_Continue}$]+$/u.exec(chain.text)?.[0] ?? chain.text;
    const [live, typed] = await Promise.all([
      this.#live.describe(code, cursor),
      inTime(this.#typesFor(code)?.hover(this.#masked(code), chain.end - 1, name), TYPED_MS),
    ]);
    if (!live && !typed) return undefined;
    return { data: shown(chain.text, live?.found, detail, typed) };
  }

  /** The types of names that cells have declared, as far as they are known. */
  async typesOf(names: readonly string[]): Promise<Record<string, string>> {
    return (await inTime(this.types()?.typesOf(names), TYPED_MS)) ?? {};
  }

  async isComplete(code: string): Promise<Completeness> {
    const parser = await import('./isComplete.ts');
    return parser.isComplete(code, this.#options.hasJsx);
  }

  /** The type errors of a cell; undefined where they cannot be told. */
  async diagnose(cell: CheckedCell): Promise<Diagnostic[] | undefined> {
    const isLive = (name: string): Promise<boolean> => this.#live.has(name);
    return inTime(this.types()?.diagnose(cell, isLive), DIAGNOSE_MS);
  }

  /** Packages were installed or removed. */
  packagesChanged(): void {
    this.#typed?.packagesChanged();
  }

  close(): void {
    this.#typed?.close();
  }
}

/** What becomes a name behind `!` is no shell command, though it looks like one until it is written out. */
function withLineAt(cursor: number, code: string, masked: string): string {
  const start = code.lastIndexOf('\n', cursor - 1) + 1;
  if (!/^[ \t]*!/.test(code.slice(start, cursor))) return masked;
  return masked.slice(0, start) + code.slice(start, cursor) + masked.slice(cursor);
}

/** Names that have types come before those that have none, except the user's own. */
function merged(items: readonly CompletionItem[], others: readonly CompletionItem[]): CompletionItem[] {
  const own = others.filter(({ type }) => type === 'variable' || type === 'function');
  const rest = others.filter(({ type }) => type !== 'variable' && type !== 'function');
  return [...own, ...items, ...rest];
}
