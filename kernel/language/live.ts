import { NAME } from '../cells/namePattern.ts';
import type { Description, NameInfo } from '../engine/protocol.ts';
import { ANSWER_MS, type Ask } from './ask.ts';
import { type Chain, chainAtEnd, placeAtEnd } from './chain.ts';
import { matching } from './matching.ts';
import { plainExpression } from './plain.ts';
import type { Completion, CompletionItem } from './service.ts';
import type { Written } from './written.ts';

/** How much of the code behind the cursor counts. */
const LOOK_AHEAD = 500;
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

/** What the runtime says of an expression. */
export interface Described {
  expression: string;
  found: Description & Partial<Written>;
}

/** Answers from the parser and the values that live in the runtime, without types. */
export class LiveLanguage {
  readonly #ask: Ask;

  constructor(ask: Ask) {
    this.#ask = ask;
  }

  async complete(code: string, cursor: number): Promise<Completion> {
    const place = placeAtEnd(code.slice(0, cursor));
    const prefix = code.slice(place.start, cursor);
    const found = { start: place.start, end: cursor };
    if (place.kind === 'nothing') return { ...found, items: [] };
    if (place.kind === 'name') {
      // Without the word that is being written, which may be the name of a declaration.
      const others = code.slice(0, place.start) + code.slice(cursor);
      return { ...found, items: offered(await this.names(others), prefix) };
    }
    const expression = place.receiver === undefined ? undefined : plainExpression(place.receiver);
    if (expression === undefined) return { ...found, items: [] };
    const own = place.kind === 'key';
    const members = (await this.#ask<NameInfo[]>({ kind: 'members', expression, own }, ANSWER_MS)) ?? [];
    const { quote = '' } = place;
    const fits = ({ name }: NameInfo): boolean =>
      own ? !name.includes(quote) && !/[\\\n\r]/.test(name) : WHOLE_NAME.test(name);
    return { ...found, items: offered(members.filter(fits), prefix) };
  }

  /** Whether a name has a value, also an undefined one. */
  async has(name: string): Promise<boolean> {
    const isName = WHOLE_NAME.test(name);
    return isName && (await this.#ask({ kind: 'describe', expression: name }, ANSWER_MS)) !== undefined;
  }

  /** What may stand where any name may. */
  async names(code: string): Promise<NameInfo[]> {
    const names = (await this.#ask<NameInfo[]>({ kind: 'names' }, ANSWER_MS)) ?? [];
    const inCell = [...code.matchAll(DECLARED)].map(([, name]) => ({ name: name ?? '', type: 'variable' }));
    const keywords = KEYWORDS.map((name) => ({ name, type: 'keyword' }));
    return [...inCell, ...names, ...keywords];
  }

  async describe(code: string, cursor: number): Promise<Described | undefined> {
    const written = chainAround(code, cursor)?.text;
    const expression = written === undefined ? undefined : plainExpression(written);
    if (written === undefined || expression === undefined) return undefined;
    const found = await this.#ask<Description>({ kind: 'describe', expression }, ANSWER_MS);
    if (!found) return undefined;
    const { source, origin } = found;
    const own = source && origin && (await import('./written.ts')).writtenAs(written, source, origin);
    return { expression: written, found: own ? { ...found, ...own } : found };
  }
}

/** The chain around a cursor, or what is called there. */
export function chainAround(code: string, cursor: number): Chain | undefined {
  const rest = WORD_START.exec(code.slice(cursor, cursor + LOOK_AHEAD))?.[0] ?? '';
  return chainAtEnd(code.slice(0, cursor) + rest);
}

/** Names of the kernel's own; they are offered when asked for. */
const OWN = /^(?:__|\$cell_|\$descent)/;

/** The names that fit what is written, each once. */
export function offered(names: readonly NameInfo[], prefix: string): CompletionItem[] {
  const unique = new Map<string, string>();
  for (const { name, type } of names) {
    if (!unique.has(name) && (!OWN.test(name) || OWN.test(prefix))) unique.set(name, type);
  }
  const items = [...unique].map(([text, type]) => ({ text, type }));
  return matching(items, prefix, ({ text }) => text);
}
