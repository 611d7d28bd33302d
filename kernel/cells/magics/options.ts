import type { Magic } from './table.ts';

/** The options of a magic by their flags; `true` for those without a value. */
export interface ParsedOptions {
  options: Record<string, string | true>;
  rest: string;
  /** Where the rest begins in the text. */
  start: number;
}

/** Wrong options: a message, and where in the text. */
export class OptionError extends Error {
  override name = 'OptionError';
  readonly start: number;

  constructor(message: string, start: number) {
    super(message);
    this.start = start;
  }
}

const OPTION = /[ \t]*-([a-zA-Z])([^\s]*)(?=\s|$)/y;
const VALUE = /[ \t]*("[^"]*"|'[^']*'|\S+)/y;

/** Takes the options off the beginning of a magic's text. Throws an OptionError that names what is allowed. */
export function parseOptions(magic: Magic, text: string): ParsedOptions {
  const options: Record<string, string | true> = {};
  const allowed = magic.options ?? [];
  let at = 0;
  while (allowed.length > 0) {
    OPTION.lastIndex = at;
    const match = OPTION.exec(text);
    if (!match) break;
    const [whole, flag = '', attached = ''] = match;
    const option = allowed.find((each) => each.flag === flag);
    const start = at + whole.indexOf('-');
    if (!option || (option.value === undefined && attached !== '')) {
      const list = allowed.map((each) => `-${each.flag}${each.value ? ` ${each.value}` : ''}`).join(', ');
      throw new OptionError(`%${magic.name} has no option '${whole.trim()}'; it has ${list}`, start);
    }
    at = OPTION.lastIndex;
    if (option.value === undefined) options[flag] = true;
    else if (attached !== '') options[flag] = unquoted(attached);
    else {
      VALUE.lastIndex = at;
      const value = VALUE.exec(text)?.[1];
      if (value === undefined) throw new OptionError(`%${magic.name} -${flag} needs ${option.value}`, start);
      options[flag] = unquoted(value);
      at = VALUE.lastIndex;
    }
  }
  const rest = text.slice(at);
  return { options, rest: rest.trim(), start: at + rest.length - rest.trimStart().length };
}

const unquoted = (text: string): string => /^(["'])(.*)\1$/s.exec(text)?.[2] ?? text;
