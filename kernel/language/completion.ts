import type { Range } from './positions.ts';
import { withoutFiles, withoutModules } from './serverText.ts';
import type { CompletionItem } from './service.ts';

/** An item as the language server gives it. */
export interface ServerItem {
  label: string;
  kind?: number;
  sortText?: string;
  insertText?: string;
  filterText?: string;
  textEdit?: { newText: string } & ({ range: Range } | { insert: Range; replace: Range });
  /** Empty for a literal. */
  commitCharacters?: string[];
  detail?: string;
  documentation?: string | { value: string };
  /** What the server wants back when it is asked for more. */
  data?: { position?: number };
}

export interface ServerList {
  items: ServerItem[];
}

/** The protocol's kinds that TypeScript uses, in the words of front-ends. */
const KINDS: Readonly<Record<number, string>> = {
  ...{ 2: 'method', 3: 'function', 4: 'class', 5: 'property', 6: 'variable', 7: 'class', 8: 'interface' },
  ...{ 9: 'module', 10: 'property', 13: 'enum', 14: 'keyword', 17: 'path', 19: 'path', 20: 'property' },
  ...{ 21: 'constant', 22: 'class', 25: 'type' },
};
const KEYWORD = 14;
const CONSTANT = 21;

const NUMBER = /^-?[\d.]+(?:e[+-]?\d+)?n?$/;

/** Names that begin with a small letter come first: packages export constants and classes among their functions. */
const letters = (name: string): number => (/^[a-z]/.test(name) ? 0 : /^[_$]/.test(name) ? 2 : 1);

export const byName = (a: string, b: string): number => letters(a) - letters(b) || (a < b ? -1 : 1);

/** What an item inserts; undefined for one that would change what stands before it, as `["a b"]` its dot. */
export function insertedText(
  { label, kind, commitCharacters, insertText, textEdit }: ServerItem,
  inString: boolean,
): string | undefined {
  const isLiteral = !inString && kind === CONSTANT && commitCharacters?.length === 0;
  // The server says a string's literal without its quotes.
  if (isLiteral) return NUMBER.test(label) ? label : JSON.stringify(label);
  const text = textEdit?.newText ?? insertText ?? label;
  return text.startsWith('[') || text.includes('\n') ? undefined : text;
}

const MEMBER = new Set([2, 5, 10]);
const VARIABLE = 6;

/**
 * Members of a value without those that only a symbol names, which the server says as if they were variables.
 * What has no other members is a module; the members of a function may be those of a namespace as well.
 */
export function withoutSymbols(items: ServerItem[]): ServerItem[] {
  const isValue = items.some(({ kind }) => MEMBER.has(kind ?? 0));
  if (!isValue || items.some(({ label }) => label === 'apply')) return items;
  return items.filter(({ kind }) => kind !== VARIABLE);
}

export function textRange({ textEdit }: ServerItem): Range | undefined {
  return textEdit && ('range' in textEdit ? textEdit.range : textEdit.replace);
}

export const kindOf = ({ kind = 6 }: ServerItem): string => KINDS[kind] ?? 'property';

/** From here on, items are those that may stand where any name may. */
const GLOBAL = '15';
const DEPRECATED = 'z';

const placeOf = ({ sortText = '' }: ServerItem): string =>
  sortText.startsWith(DEPRECATED) ? sortText.slice(DEPRECATED.length) : sortText;

export const isGlobal = (item: ServerItem): boolean => placeOf(item) >= GLOBAL && item.kind !== KEYWORD;

/** Whose names come first: the user's, then what is expected here, what is preloaded, the globals, the language. */
export function rank(
  item: ServerItem,
  own: (name: string) => boolean,
  preloaded: ReadonlySet<string>,
): number {
  if (item.kind === KEYWORD) return 6;
  if (own(item.label)) return 0;
  // A class's own members before those of all functions.
  if (placeOf(item) < '11') return 1;
  // Of an object that a call expects, the keys it must have.
  if (placeOf(item) < '12') return 2;
  if (placeOf(item) < GLOBAL) return 3;
  return preloaded.has(item.label) ? 4 : 5;
}

/** What is imported is a variable, until the server says what it is a name of. */
const DECLARED = /^(?:\(\w+\) )?(?:abstract )?(function|class|namespace|module|enum|interface|type)\b/;

/** What the server says of an item when it is asked for more. */
export function resolved(item: CompletionItem, answer: ServerItem | undefined): CompletionItem {
  if (!answer) return item;
  const { detail, documentation } = answer;
  const text = withoutFiles(typeof documentation === 'string' ? documentation : documentation?.value);
  const signature = detail && withoutModules(detail);
  const type = DECLARED.exec(signature ?? '')?.[1] ?? item.type;
  return { ...item, type, ...(signature ? { signature } : {}), ...(text ? { documentation: text } : {}) };
}
