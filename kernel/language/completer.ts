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
} from './completion.ts';
import type { Documents } from './documents.ts';
import { matching } from './matching.ts';
import { positionAt, startOf } from './positions.ts';
import type { Completion, CompletionItem } from './service.ts';
import type { Asker, TypedServer } from './typedServer.ts';
import { writtenNames } from './writtenNames.ts';

/** The server is asked about the first so many of the items one by one: each takes it about a millisecond. */
const DETAILED = 5;
/** So many lists of the toolkit's members are kept. */
const KEPT = 200;

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
  /** Two questions with one key have the same list. */
  key: string;
}

interface List {
  items: readonly ServerItem[];
  details: Map<string, ServerItem>;
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
  #latest: { key: string; list: List } | undefined;

  constructor(options: CompleterOptions) {
    this.#options = options;
  }

  /** What has been asked before may have another answer now. */
  forget(): void {
    this.#latest = undefined;
  }

  /** Rejects when the server does not answer; undefined where it has nothing to say. */
  async complete(code: string, cursor: number): Promise<TypedCompletion | undefined> {
    const request = this.#request(code, cursor);
    if (!request) return undefined;
    const list = this.#known(request.key);
    const done = list && this.#finished(request, list);
    if (done) return done;
    const { server, documents } = this.#options;
    const document = documents.current(code);
    const bytes = Buffer.byteLength(document.text.slice(0, document.text.length - code.length + cursor));
    return server.ask(document, async (ask) => {
      const asked = list ?? (await this.#list(ask, request));
      if (!asked) return undefined;
      await this.#detail(ask, request, asked, bytes);
      return this.#finished(request, asked);
    });
  }

  #request(code: string, cursor: number): Request | undefined {
    const before = code.slice(0, cursor);
    const place = placeAtEnd(before);
    const word = place.kind === 'name' || place.kind === 'member' ? place.start : undefined;
    const unfinished = place.kind === 'name' ? undefined : scan(before).unfinished?.kind;
    if (unfinished === 'comment' || (place.kind === 'nothing' && unfinished === undefined)) return undefined;
    const receiver = place.kind === 'member' ? place.receiver : undefined;
    const key = receiver !== undefined && this.#isFixed(receiver, code) ? receiver : undefined;
    const start = word ?? cursor;
    return {
      code,
      cursor,
      word,
      bare: place.kind === 'name',
      key: key ?? `${code.slice(0, start)}\u0000${code.slice(cursor)}`,
    };
  }

  /** `tf.layers`, where `tf` is the one that is preloaded. */
  #isFixed(receiver: string, code: string): boolean {
    const root = /^([\w$]+)(?:\.[\w$]+)*$/.exec(receiver)?.[1];
    const { toolkit, documents } = this.#options;
    if (root === undefined || !toolkit.has(root) || documents.names.has(root)) return false;
    return !writtenNames(scan(code)).has(root);
  }

  #known(key: string): List | undefined {
    return this.#fixed.get(key) ?? (this.#latest?.key === key ? this.#latest.list : undefined);
  }

  async #list(ask: Asker, { code, cursor, key }: Request): Promise<List | undefined> {
    const answer = await ask.request<ServerList | ServerItem[] | null>('textDocument/completion', {
      position: positionAt(code, cursor),
      context: { triggerKind: 1 },
    });
    const items = (Array.isArray(answer) ? answer : answer?.items) ?? [];
    if (items.length === 0) return undefined;
    const list = { items, details: new Map<string, ServerItem>() };
    if (!key.includes('\u0000') && this.#fixed.size < KEPT) this.#fixed.set(key, list);
    else this.#latest = { key, list };
    return list;
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
  #fitting({ code, cursor, word, bare }: Request, { items }: List): { start: number; items: ServerItem[] } {
    const range = word === undefined ? items.map(textRange).find((found) => found !== undefined) : undefined;
    const start = word ?? (range ? startOf(range, code) : cursor);
    const { documents, toolkit } = this.#options;
    const own = writtenNames(scan(code));
    const isOwn = (name: string): boolean => bare && (own.has(name) || documents.names.has(name));
    const textOf = (item: ServerItem): string | undefined => insertedText(item, word === undefined);
    const usable = items.filter((item) => textOf(item) !== undefined);
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
