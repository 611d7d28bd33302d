import { scan, type Token } from '../tokens.ts';
import type { Place } from './place.ts';
import { isShellCommand } from './shell.ts';

const DECLARING = new Set('const let var function class enum namespace type interface'.split(' '));
const MAGIC_LINE = /^[ \t]*[!%].*$/gmu;
const ASSIGNED = /=[ \t]*!.*$/gm;
const WORDS = new Set(['from', 'as', 'type', 'default']);

/** What the names behind a `!` mean in a cell; it is scanned when that is asked. */
export class CellNames {
  readonly #code: string;
  readonly #known: (name: string) => boolean;
  #declared: Set<string> | undefined;
  #mentioned: Set<string> | undefined;

  constructor(code: string, known: (name: string) => boolean) {
    this.#code = code;
    this.#known = known;
  }

  /** Whether a name has a meaning as TypeScript. */
  has(name: string): boolean {
    this.#declared ??= declaredNames(this.#code);
    return this.#known(name) || this.#declared.has(name);
  }

  /** In a block a name may be a parameter, so any that the cell mentions elsewhere is TypeScript's. */
  isShell(command: string, place: Place): boolean {
    return isShellCommand(command, (name) => {
      if (this.#known(name)) return true;
      if (place === 'block') {
        this.#mentioned ??= mentionedNames(this.#code);
        return this.#mentioned.has(name);
      }
      return this.has(name);
    });
  }
}

function mentionedNames(code: string): Set<string> {
  const { tokens } = scan(code.replace(MAGIC_LINE, '').replace(ASSIGNED, '='));
  return new Set(tokens.flatMap(({ kind, text }) => (kind === 'name' ? [text] : [])));
}

/**
 * Names that a cell declares, or assigns to unless these are not wanted, at some depth: `!name` is then
 * TypeScript, `$name` a value.
 */
export function declaredNames(code: string, { assigned = true }: { assigned?: boolean } = {}): Set<string> {
  const { tokens } = scan(code.replace(MAGIC_LINE, ''));
  const names = new Set<string>();
  for (const [at, { kind, text }] of tokens.entries()) {
    if (kind !== 'name' || tokens[at - 1]?.text === '.') continue;
    if (text === 'import') addImported(names, tokens, at + 1);
    else if (DECLARING.has(text)) addDeclared(names, tokens, at + 1);
    else if (assigned && tokens[at + 1]?.text === '=') names.add(text);
  }
  return names;
}

function addDeclared(names: Set<string>, tokens: readonly Token[], at: number): void {
  const token = tokens[at];
  if (token?.text === '*') addDeclared(names, tokens, at + 1);
  else if (token?.kind === 'name') names.add(token.text);
  else if (token?.text === '{' || token?.text === '[') addPattern(names, tokens, at);
}

/** Every name in a pattern but the keys. */
function addPattern(names: Set<string>, tokens: readonly Token[], open: number): void {
  for (let at = open + 1; at < tokens.length && tokens[at]?.match !== open; at += 1) {
    const token = tokens[at] as Token;
    if (token.kind === 'name' && tokens[at + 1]?.text !== ':') names.add(token.text);
  }
}

function addImported(names: Set<string>, tokens: readonly Token[], from: number): void {
  for (let at = from; at < tokens.length; at += 1) {
    const { kind, text } = tokens[at] as Token;
    if (kind === 'name' && !WORDS.has(text)) names.add(text);
    else if (kind !== 'name' && !'{},*'.includes(text)) return;
  }
}
