import type { CompletionItem } from './service.ts';

/** A position of the language server's: both count from 0, characters in UTF-16 units. */
export interface Position {
  line: number;
  character: number;
}

export interface Range {
  start: Position;
  end: Position;
}

/** An item as the language server gives it. */
export interface ServerItem {
  label: string;
  kind?: number;
  sortText?: string;
  insertText?: string;
  filterText?: string;
  textEdit?: { newText: string } & ({ range: Range } | { insert: Range; replace: Range });
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

/** Names that begin with a small letter come first: packages export constants and classes among their functions. */
const letters = (name: string): number => (/^[a-z]/.test(name) ? 0 : /^[_$]/.test(name) ? 2 : 1);

export const byName = (a: string, b: string): number => letters(a) - letters(b) || (a < b ? -1 : 1);

/** What an item inserts; undefined for one that would change what stands before it, as `["a b"]` its dot. */
export function insertedText({ label, insertText, textEdit }: ServerItem): string | undefined {
  const text = textEdit?.newText ?? insertText ?? label;
  return text.startsWith('[') || text.includes('\n') ? undefined : text;
}

export function textRange({ textEdit }: ServerItem): Range | undefined {
  return textEdit && ('range' in textEdit ? textEdit.range : textEdit.replace);
}

export const kindOf = ({ kind = 6 }: ServerItem): string => KINDS[kind] ?? 'property';

/** Whose names come first: the user's, then what is expected here, what is preloaded, the globals, the language. */
export function rank(
  item: ServerItem,
  own: (name: string) => boolean,
  preloaded: ReadonlySet<string>,
): number {
  if (item.kind === KEYWORD) return 5;
  if (own(item.label)) return 0;
  // Of an object that a call expects, the keys it must have.
  if ((item.sortText ?? '') < '12') return 1;
  if ((item.sortText ?? '') < '15') return 2;
  return preloaded.has(item.label) ? 3 : 4;
}

/** What is imported is a variable, until the server says what it is a name of. */
const DECLARED = /^(?:\(\w+\) )?(?:abstract )?(function|class|namespace|module|enum|interface|type)\b/;

/** What the server says of an item when it is asked for more. */
export function resolved(item: CompletionItem, answer: ServerItem | undefined): CompletionItem {
  if (!answer) return item;
  const { detail, documentation } = answer;
  const text = typeof documentation === 'string' ? documentation : documentation?.value;
  const signature = detail && withoutModules(detail);
  const type = DECLARED.exec(signature ?? '')?.[1] ?? item.type;
  return { ...item, type, ...(signature ? { signature } : {}), ...(text ? { documentation: text } : {}) };
}

/** `import("/…/.descent-cell-3").Point` → `Point`, and no word of how names reach a cell. */
export const withoutModules = (text: string): string =>
  text
    .replaceAll(/import\("[^"]*\.descent-cell(?:-\d+)?(?:\.ts)?"\)\./g, '')
    .replaceAll(/import\("[^"]*\/dist\/src\/(\w+)\/index"\)/g, '$1')
    .replaceAll(/^\(alias\) /gm, '')
    .replaceAll(/\nimport [\w$]+$/g, '');
