import { codeBlocks } from './blocks.ts';

/**
 * A part of a Markdown text where backslashes do not escape. `from` and `to` bound what is inside; `marks`
 * are the places of the delimiters around it, which an inner delimiter can make longer.
 */
export interface Region {
  readonly kind: 'span' | 'fence' | 'indented' | 'info' | 'math' | 'html';
  readonly from: number;
  readonly to: number;
  readonly marks: readonly Mark[];
  /** What begins each line of a code block before its code. */
  readonly prefix: string;
}

/** A delimiter: a run of equal characters. */
export interface Mark {
  readonly at: number;
  readonly text: string;
}

/** The place of an interpolated string in the text around it. */
export const slot = '\uFFFC';

/** The code, formulas and tags of a Markdown text, in their order. */
export function regionsOf(text: string): Region[] {
  const blocks = codeBlocks(text);
  const regions: Region[] = [];
  let at = 0;
  for (const { from, to, regions: inner } of [
    ...blocks,
    { from: text.length, to: text.length, regions: [] },
  ]) {
    for (const chunk of text.slice(at, from).matchAll(/(?:[^\n]*\S[^\n]*(?:\n|$))+/g)) {
      regions.push(...inlineRegions(text, at + chunk.index, at + chunk.index + chunk[0].length));
    }
    regions.push(...inner);
    at = to;
  }
  return regions;
}

const constructs: readonly [Region['kind'] | undefined, RegExp][] = [
  [undefined, /[^\\`$<]+/y],
  ['math', /(?<open>\\begin\{([a-z]*\*?)\})(?<inside>[\s\S]*?)(?<close>\\end\{\2\})/y],
  ['math', /(?<open>\\\\[([])(?<inside>[\s\S]*?)(?<close>\\\\[)\]])/y],
  [undefined, /\\[\s\S]/y],
  ['span', /(?<open>(?<!`)(`+)(?!`))(?<inside>[\s\S]*?[^`])(?<close>\2)(?!`)/y],
  [undefined, /`+/y],
  ['math', /(?<open>\$\$)(?<inside>(?:\\[\s\S]|[^\\$]|\$(?!\$))+)(?<close>\$\$)/y],
  ['math', /(?<open>\$)(?<inside>(?!\s)(?:\\[\s\S]|[^\\$])*?(?:\\[\s\S]|[^\\$\s]))(?<close>\$)/y],
  [undefined, /<[a-z][a-z0-9+.-]+:[^\s<>]*>/iy],
  ['html', new RegExp(`(?<open>)(?<inside></?[a-z${slot}](?:"[^"]*"|'[^']*'|[^<>"'])*)(?<close>>)`, 'iy')],
  [undefined, /[\s\S]/y],
];

/** The regions of a text without code blocks and blank lines. */
function inlineRegions(text: string, from: number, to: number): Region[] {
  const regions: Region[] = [];
  const chunk = text.slice(0, to);
  for (let at = from; at < to; ) {
    for (const [kind, pattern] of constructs) {
      pattern.lastIndex = at;
      const found = pattern.exec(chunk);
      if (!found) continue;
      const { open = '', inside = '', close = '' } = found.groups ?? {};
      const [start, end] = [at + open.length, at + open.length + inside.length];
      const marks = [
        { at, text: open },
        { at: end, text: close },
      ];
      if (kind) regions.push({ kind, from: start, to: end, marks, prefix: '' });
      at = pattern.lastIndex;
      break;
    }
  }
  return regions;
}
