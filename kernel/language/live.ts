import type { Description, NameInfo, Query } from '../engine/protocol.ts';
import type { Completeness, Completion, CompletionItem, Inspection, LanguageService } from './service.ts';

type Ask = <T>(query: Query, timeout: number) => Promise<T | undefined>;

const ANSWER_MS = 1000;
/** How much of the code around the cursor counts: the expressions below backtrack over all they are given. */
const LOOK_BACK = 500;
const NAME = '[\\p{ID_Start}$_][\\p{ID_Continue}$]*';
const STEP = `(?:\\s*\\??\\.\\s*${NAME}|\\[(?:\\d+|"[^"]*"|'[^']*')\\])`;
const LITERAL = `"[^"\\n]*"|'[^'\\n]*'|\`[^\`$]*\`|\\[[^\\[\\]()]*\\]`;
const MEMBER = new RegExp(`((?:${NAME}|${LITERAL})${STEP}*)\\s*\\??\\.\\s*(${NAME})?$`, 'u');
const WORD = new RegExp(`(?:${NAME})?$`, 'u');
const CHAIN_END = new RegExp(`(${NAME}${STEP}*)$`, 'u');
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
    const before = code.slice(Math.max(0, cursor - LOOK_BACK), cursor);
    const member = MEMBER.exec(before);
    if (member?.[1] !== undefined) return this.#members(member[1], member[2] ?? '', cursor);
    const prefix = WORD.exec(before)?.[0] ?? '';
    const start = cursor - prefix.length;
    // Inside a number such as `1.`, or after a closing bracket: nothing to offer.
    if (/[\d)\]]\s*\.\s*$/.test(before.slice(0, start))) return { start, end: cursor, items: [] };
    const names = (await this.#ask<NameInfo[]>({ kind: 'names' }, ANSWER_MS)) ?? [];
    const inCell = [...code.matchAll(DECLARED)].map(([, name]) => ({ name: name ?? '', type: 'variable' }));
    const keywords = KEYWORDS.map((name) => ({ name, type: 'keyword' }));
    return { start, end: cursor, items: matching([...inCell, ...names, ...keywords], prefix) };
  }

  async #members(expression: string, prefix: string, cursor: number): Promise<Completion> {
    const found = await this.#ask<NameInfo[]>({ kind: 'members', expression }, ANSWER_MS);
    const names = (found ?? []).filter(({ name }) => /^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u.test(name));
    return { start: cursor - prefix.length, end: cursor, items: matching(names, prefix) };
  }

  async inspect(code: string, cursor: number, detail: 0 | 1): Promise<Inspection | undefined> {
    const rest = WORD_START.exec(code.slice(cursor, cursor + LOOK_BACK))?.[0] ?? '';
    const upTo = code.slice(Math.max(0, cursor - LOOK_BACK), cursor) + rest;
    const expression = CHAIN_END.exec(upTo)?.[1] ?? CHAIN_END.exec(upTo.replace(/\(?\s*$/, ''))?.[1];
    if (expression === undefined) return undefined;
    const found = await this.#ask<Description>({ kind: 'describe', expression }, ANSWER_MS);
    return found ? { data: describe(expression, found, detail) } : undefined;
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

const escapeHtml = (text: string): string =>
  text.replace(/[&<>]/g, (sign) => (sign === '&' ? '&amp;' : sign === '<' ? '&lt;' : '&gt;'));

function describe(expression: string, found: Description, detail: 0 | 1): Record<string, string> {
  const kind = found.className && found.type !== 'function' ? found.className : found.type;
  const native = found.source?.includes('[native code]') ?? false;
  const shown = found.signature ?? found.source?.split('\n', 1)[0] ?? found.preview;
  const source = detail === 1 && found.source !== undefined && !native ? found.source : undefined;
  const body = source ?? shown;
  return {
    'text/plain': `${expression}: ${kind}\n${body}`,
    'text/markdown': `**\`${expression}\`**: ${kind}\n\n\`\`\`typescript\n${body}\n\`\`\``,
    'text/html': `<p><code>${escapeHtml(expression)}</code>: ${escapeHtml(kind)}</p><pre>${escapeHtml(body)}</pre>`,
  };
}
