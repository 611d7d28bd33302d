import { scan } from '../cells/tokens.ts';
import { placeAtEnd } from './chain.ts';
import {
  byName,
  insertedText,
  isGlobal,
  kindOf,
  rank,
  resolved,
  type ServerItem,
  type ServerList,
  textRange,
  withoutSymbols,
} from './completion.ts';
import type { Document, Documents } from './documents.ts';
import { matching } from './matching.ts';
import { positionAt, startOf } from './positions.ts';
import type { Completion, CompletionItem } from './service.ts';
import type { Asker, TypedServer } from './typedServer.ts';
import { writtenNames } from './writtenNames.ts';

/** The server is asked about the first so many of the items one by one: each takes it about a millisecond. */
const DETAILED = 3;
/** So many lists of the toolkit's members are kept. */
const KEPT = 200;
/** So many others. */
const KEPT_OTHERS = 20;

export interface TypedCompletion extends Completion {
  /** Any name may stand there, also one that only the runtime knows. */
  anyName: boolean;
}

interface Request {
  code: string;
  cursor: number;
  /** Where the word at the cursor begins; undefined in a string, whose part that counts the server knows. */
  word: number | undefined;
  /** A name that stands alone. */
  bare: boolean;
  /** The names that the code declares. */
  own: ReadonlySet<string>;
  /** A member of the toolkit's, whose list never changes. */
  isFixed: boolean;
  /** Two questions with one key have the same list. */
  key: string;
}

/** What the server was asked about: a place in bytes. */
interface Asked {
  document: Document;
  position: number;
}

interface List {
  items: readonly ServerItem[];
  details: Map<string, ServerItem>;
  /** Where the part of a string begins that counts, and what was written of it: the rest may be missing. */
  start: number;
  written: string;
  /** Asked about the same text again, the server has its answer ready. */
  asked: Asked | undefined;
}

export interface CompleterOptions {
  server: TypedServer;
  documents: Documents;
  toolkit: ReadonlySet<string>;
}

/** Completes from types. A list is asked for once: the keystrokes that follow narrow it down. */
export class Completer {
  readonly #options: CompleterOptions;
  /** Lists of the toolkit's members, which never change. */
  readonly #fixed = new Map<string, List>();
  readonly #others = new Map<string, List>();

  constructor(options: CompleterOptions) {
    this.#options = options;
  }

  /** What has been asked before may have another answer now. */
  forget(): void {
    this.#others.clear();
    for (const list of this.#fixed.values()) list.asked = undefined;
  }

  /** Rejects when the server does not answer; undefined where it has nothing to say. */
  async complete(code: string, cursor: number): Promise<TypedCompletion | undefined> {
    const request = this.#request(code, cursor);
    if (!request) return undefined;
    const known = this.#known(request);
    const done = known && this.#finished(request, known);
    if (done) return done;
    const asked = known?.asked ?? this.#asked(code, cursor);
    return this.#options.server.ask(asked.document, async (ask) => {
      const list = known ?? (await this.#list(ask, request, asked));
      if (!list) return undefined;
      await this.#detail(ask, request, list, asked.position);
      return this.#finished(request, list);
    });
  }

  #known({ code, cursor, word, key }: Request): List | undefined {
    const list = this.#fixed.get(key) ?? this.#others.get(key);
    if (!list || word !== undefined) return list;
    return code.slice(list.start, cursor).startsWith(list.written) ? list : undefined;
  }

  #asked(code: string, cursor: number): Asked {
    const document = this.#options.documents.current(code);
    const before = document.text.slice(0, document.text.length - code.length + cursor);
    return { document, position: Buffer.byteLength(before) };
  }

  #request(code: string, cursor: number): Request | undefined {
    const before = code.slice(0, cursor);
    const place = placeAtEnd(before);
    const word = place.kind === 'name' || place.kind === 'member' ? place.start : undefined;
    const unfinished = place.kind === 'name' ? undefined : scan(before).unfinished;
    if (unfinished?.kind === 'comment' || (place.kind === 'nothing' && !unfinished)) return undefined;
    const receiver = place.kind === 'member' ? place.receiver : undefined;
    const own = writtenNames(scan(code));
    const isFixed = receiver !== undefined && this.#isFixed(receiver, own);
    // Of a path, the list is that of a folder; modules of Node have two names.
    const part = Math.max(before.lastIndexOf('/'), before.lastIndexOf(':'), unfinished?.start ?? 0) + 1;
    return {
      code,
      cursor,
      word,
      bare: place.kind === 'name',
      own,
      isFixed,
      key: isFixed ? receiver : `${code.slice(0, word ?? part)}\u0000${code.slice(cursor)}`,
    };
  }

  /** `tf.layers`, where `tf` is the one that is preloaded. */
  #isFixed(receiver: string, own: ReadonlySet<string>): boolean {
    const root = /^([\w$]+)(?:\.[\w$]+)*$/.exec(receiver)?.[1];
    const { toolkit, documents } = this.#options;
    if (root === undefined || !toolkit.has(root) || documents.names.has(root)) return false;
    return !own.has(root);
  }

  async #list(ask: Asker, request: Request, asked: Asked): Promise<List | undefined> {
    const { code, cursor, word, bare, key, isFixed } = request;
    const answer = await ask.request<ServerList | ServerItem[] | null>('textDocument/completion', {
      position: positionAt(code, cursor),
      context: { triggerKind: 1 },
    });
    const { aliases } = asked.document;
    const all = (Array.isArray(answer) ? answer : answer?.items) ?? [];
    const named = all.filter(({ label }) => !aliases.has(label));
    const items = bare || word === undefined ? named : withoutSymbols(named);
    if (items.length === 0) return undefined;
    const range = items.map(textRange).find((found) => found !== undefined);
    const start = range ? startOf(range, code) : cursor;
    const written = code.slice(start, cursor);
    const list = { items, details: new Map<string, ServerItem>(), start, written, asked };
    if (isFixed && this.#fixed.size < KEPT) this.#fixed.set(key, list);
    else this.#keep(key, list);
    return list;
  }

  #keep(key: string, list: List): void {
    this.#others.set(key, list);
    const [oldest] = this.#others.keys();
    if (this.#others.size > KEPT_OTHERS && oldest !== undefined) this.#others.delete(oldest);
  }

  /** Asks for signatures and documentation of the first items. */
  async #detail(ask: Asker, request: Request, list: List, position: number): Promise<void> {
    const missing = this.#fitting(request, list)
      .items.slice(0, DETAILED)
      .filter(({ label }) => !list.details.has(label));
    const answers = missing.map((item) =>
      ask.plain<ServerItem>('completionItem/resolve', { ...item, data: { ...item.data, position } }),
    );
    for (const [at, answer] of (await Promise.all(answers)).entries()) {
      list.details.set(missing[at]?.label ?? '', answer);
    }
  }

  /** The items that begin as what is written does, the likeliest first. */
  #fitting({ code, cursor, word, bare, own }: Request, list: List): { start: number; items: ServerItem[] } {
    const start = word ?? list.start;
    const { documents, toolkit } = this.#options;
    const isOwn = (name: string): boolean => bare && (own.has(name) || documents.names.has(name));
    const textOf = (item: ServerItem): string | undefined => insertedText(item, word === undefined);
    const usable = list.items.filter((item) => textOf(item) !== undefined);
    const fitting = matching(usable, code.slice(start, cursor), (item) => textOf(item) ?? '');
    const ranked = fitting.map((item) => ({ item, place: rank(item, isOwn, toolkit) }));
    ranked.sort((a, b) => a.place - b.place || byName(a.item.label, b.item.label));
    return { start, items: ranked.map(({ item }) => item) };
  }

  /** The answer, when all is known that belongs to it. */
  #finished(request: Request, list: List): TypedCompletion | undefined {
    const { start, items } = this.#fitting(request, list);
    if (items.slice(0, DETAILED).some(({ label }) => !list.details.has(label))) return undefined;
    const shown = new Map<string, CompletionItem>();
    for (const item of items) {
      const text = insertedText(item, request.word === undefined) ?? '';
      if (!shown.has(text))
        shown.set(text, resolved({ text, type: kindOf(item) }, list.details.get(item.label)));
    }
    const anyName = request.bare && list.items.some(isGlobal);
    return { start, end: request.cursor, items: [...shown.values()], anyName };
  }
}
