import type { Description, NameInfo, Query } from '../engine/protocol.ts';
import { chainAtEnd, placeAtEnd } from './chain.ts';
import { plainExpression } from './plain.ts';
import type { Completeness, Completion, CompletionItem, Inspection, LanguageService } from './service.ts';
import { shown } from './shown.ts';

type Ask = <T>(query: Query, timeout: number) => Promise<T | undefined>;

const ANSWER_MS = 1000;
/** How much of the code behind the cursor counts. */
const LOOK_AHEAD = 500;
const NAME = '[\\p{ID_Start}$_][\\p{ID_Continue}$]*';
const WHOLE_NAME = new RegExp(`^${NAME}$`, 'u');
const WORD_START = /^[\p{ID_Continue}$]*/u;
const DECLARED = new RegExp(
  `\\b(?:let|const|var|function\\*?|class|enum|interface|type|namespace)\\s+(${NAME})`,
  'gu',
);

const KEYWORDS =
  `abstract as async await break case catch class const continue debugger declare default delete do
else enum export extends false finally for from function if implements import in instanceof interface keyof let
namespace new null of readonly return satisfies static super switch this throw true try type typeof undefined
using var void while yield`.split(/\s+/);

/** Answers from the parser and the values that live in the runtime, without types. */
export class LiveLanguage implements LanguageService {
  readonly #ask: Ask;

  constructor(ask: Ask) {
    this.#ask = ask;
  }

  async complete(code: string, cursor: number): Promise<Completion> {
    const place = placeAtEnd(code.slice(0, cursor));
    const prefix = code.slice(place.start, cursor);
    const found = { start: place.start, end: cursor };
    if (place.kind === 'nothing') return { ...found, items: [] };
    if (place.kind === 'name') return { ...found, items: matching(await this.#names(code), prefix) };
    const expression = place.receiver === undefined ? undefined : plainExpression(place.receiver);
    if (expression === undefined) return { ...found, items: [] };
    const own = place.kind === 'key';
    const members = (await this.#ask<NameInfo[]>({ kind: 'members', expression, own }, ANSWER_MS)) ?? [];
    const { quote = '' } = place;
    const fits = ({ name }: NameInfo): boolean =>
      own ? !name.includes(quote) && !/[\\\n\r]/.test(name) : WHOLE_NAME.test(name);
    return { ...found, items: matching(members.filter(fits), prefix) };
  }

  async #names(code: string): Promise<NameInfo[]> {
    const names = (await this.#ask<NameInfo[]>({ kind: 'names' }, ANSWER_MS)) ?? [];
    const inCell = [...code.matchAll(DECLARED)].map(([, name]) => ({ name: name ?? '', type: 'variable' }));
    const keywords = KEYWORDS.map((name) => ({ name, type: 'keyword' }));
    return [...inCell, ...names, ...keywords];
  }

  async inspect(code: string, cursor: number, detail: 0 | 1): Promise<Inspection | undefined> {
    const rest = WORD_START.exec(code.slice(cursor, cursor + LOOK_AHEAD))?.[0] ?? '';
    const written = chainAtEnd(code.slice(0, cursor) + rest);
    const expression = written === undefined ? undefined : plainExpression(written);
    if (written === undefined || expression === undefined) return undefined;
    const found = await this.#ask<Description>({ kind: 'describe', expression }, ANSWER_MS);
    if (!found) return undefined;
    const { source, origin } = found;
    const own = source && origin && (await import('./written.ts')).writtenAs(written, source, origin);
    return { data: shown(written, own ? { ...found, ...own } : found, detail) };
  }

  async isComplete(code: string): Promise<Completeness> {
    const parser = await import('./isComplete.ts');
    return parser.isComplete(code);
  }
}

/** Names of the kernel's own; they are offered when asked for. */
const OWN = /^(?:__|\$cell_|\$descent)/;

function matching(names: readonly NameInfo[], prefix: string): CompletionItem[] {
  const seen = new Set<string>();
  const items: CompletionItem[] = [];
  const add = (matches: (name: string) => boolean): void => {
    for (const { name, type } of names) {
      if (seen.has(name) || !matches(name) || (OWN.test(name) && !OWN.test(prefix))) continue;
      seen.add(name);
      items.push({ text: name, type });
    }
  };
  add((name) => name.startsWith(prefix));
  if (items.length === 0) add((name) => name.toLowerCase().startsWith(prefix.toLowerCase()));
  return items;
}
