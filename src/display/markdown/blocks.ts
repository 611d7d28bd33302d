import { createRequire } from 'node:module';
import type { Token } from 'markdown-it';
import type { Region } from './regions.ts';

/** A block in which no Markdown counts: its lines and the regions in them. */
export interface Block {
  readonly from: number;
  readonly to: number;
  readonly regions: readonly Region[];
}

type Parser = Pick<import('markdown-it').MarkdownIt, 'parse'>;
let parser: Parser | undefined;

/** The code blocks and blocks of HTML of a Markdown text, in their order. */
export function codeBlocks(text: string): Block[] {
  if (!/```|~~~|<| {4}|\t/.test(text)) return [];
  const starts = [0, ...Array.from(text.matchAll(/\n/g), ({ index }) => index + 1)];
  const lineStart = (line: number): number => starts[line] ?? text.length;
  return blockTokens(text).map((token) => {
    const [firstLine = 0, endLine = 0] = token.map ?? [];
    const block = { from: lineStart(firstLine), to: lineStart(endLine) };
    const lines = text.slice(block.from, block.to);
    if (token.type === 'fence') return { ...block, regions: fenceRegions(lines, block.from, token.markup) };
    const kind = token.type === 'html_block' ? 'html' : 'indented';
    const [first = ''] = lines.split('\n');
    const [code = ''] = token.content.split('\n');
    const prefix = containerPrefix(first.slice(0, first.length - code.length));
    return { ...block, regions: [{ kind, ...block, marks: [], prefix }] };
  });
}

function blockTokens(text: string): Token[] {
  const require = createRequire(import.meta.url);
  parser ??= (require('markdown-it') as typeof import('markdown-it').default)({ html: true });
  return parser.parse(text, {}).filter(({ type }) => ['fence', 'code_block', 'html_block'].includes(type));
}

/** The info string and the code of a fenced block; `lines` begin at `from` of the text. */
function fenceRegions(lines: string, from: number, fence: string): Region[] {
  const open = lines.indexOf(fence);
  const lineEnd = lines.indexOf('\n');
  const code = lineEnd < 0 ? lines.length : lineEnd + 1;
  const closing = new RegExp(`\\n([\\s>]*)(${fence}${fence[0]}*)[ \\t]*\\n?$`).exec(lines);
  const [, before = '', run = ''] = closing ?? [];
  const end = closing ? closing.index + 1 : lines.length;
  const marks = [
    { at: from + open, text: fence },
    ...(closing ? [{ at: from + end + before.length, text: run }] : []),
  ];
  return [
    { kind: 'info', from: from + open + fence.length, to: from + code, marks: [], prefix: '' },
    {
      kind: 'fence',
      from: from + code,
      to: from + end,
      marks,
      prefix: containerPrefix(lines.slice(0, open)),
    },
  ];
}

/** How a further line of a block begins: the mark of a list is there only once. */
function containerPrefix(first: string): string {
  return first.replace(/[^\s>]/g, ' ');
}
