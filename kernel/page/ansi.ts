import { escapeHtml } from '../html.ts';
import { type AnsiStyle, applySgr, PLAIN, styleAttributes } from './ansiStyle.ts';
import { Screen, type ScreenCell } from './screen.ts';

const ESC = '\u001b';
const BEL = '\u0007';
const TERMINATOR = `${ESC}\\`;

/**
 * Terminal output as HTML: colours and weights as spans, and carriage returns, backspaces and cursor
 * movements carried out, so that a progress bar shows its last state. Other control sequences vanish.
 */
export function ansiToHtml(text: string): string {
  if (!hasControls(text)) return escapeHtml(text);
  return play(text).lines.map(lineToHtml).join('\n');
}

/** The same without markup. */
export function ansiToText(text: string): string {
  if (!hasControls(text)) return text;
  return play(text)
    .lines.map((line) => line.map((cell) => cell.char).join(''))
    .join('\n');
}

function hasControls(text: string): boolean {
  for (let i = 0; i < text.length; i++) {
    if (isControl(text.charCodeAt(i)) && text[i] !== '\n' && text[i] !== '\t') return true;
  }
  return false;
}

function isControl(code: number): boolean {
  return code < 0x20 || (code >= 0x7f && code < 0xa0);
}

function play(text: string): Screen {
  const screen = new Screen();
  let at = 0;
  while (at < text.length) {
    if (text[at] === ESC) {
      at = escapeSequence(text, at, screen);
      continue;
    }
    const char = String.fromCodePoint(text.codePointAt(at)!);
    at += char.length;
    character(char, screen);
  }
  return screen;
}

function character(char: string, screen: Screen): void {
  if (char === '\n') screen.newLine();
  else if (char === '\r') screen.carriageReturn();
  else if (char === '\b') screen.backspace();
  else if (char === '\t' || !isControl(char.codePointAt(0)!)) screen.put(char);
}

/** Carries out the sequence at `start` and returns where it ends. */
function escapeSequence(text: string, start: number, screen: Screen): number {
  const kind = text[start + 1];
  if (kind === '[') return controlSequence(text, start, screen);
  if (kind === ']' || kind === 'P' || kind === '_' || kind === '^') return skipString(text, start);
  // Two characters, or three where a character set is chosen; a lone ESC at the end.
  if (kind !== undefined && '()*+#%'.includes(kind)) return start + 3;
  return start + (kind !== undefined && kind >= '0' && kind <= '~' ? 2 : 1);
}

/** `ESC [ parameters intermediates final`, ECMA-48 § 5.4. */
function controlSequence(text: string, start: number, screen: Screen): number {
  let at = start + 2;
  while (at < text.length && text[at]! >= ' ' && text[at]! <= '?') at++;
  const final = text[at];
  if (final === undefined || final < '@' || final > '~') return at;
  const parameters = text.slice(start + 2, at);
  if (/^[\d;:]*$/.test(parameters)) control(final, parameters, screen);
  return at + 1;
}

function control(final: string, parameters: string, screen: Screen): void {
  if (final === 'm') {
    screen.style = applySgr(screen.style, parameters);
    return;
  }
  const first = Number.parseInt(parameters, 10);
  const count = Number.isNaN(first) ? 1 : Math.max(1, first);
  const mode = Number.isNaN(first) ? 0 : first;
  if (final === 'A' || final === 'F') screen.moveBy(-count, 0);
  else if (final === 'B' || final === 'E') screen.moveBy(count, 0);
  else if (final === 'C') screen.moveBy(0, count);
  else if (final === 'D') screen.moveBy(0, -count);
  else if (final === 'G') screen.moveToColumn(count - 1);
  else if (final === 'K') screen.eraseLine(mode);
  else if (final === 'J') screen.eraseScreen(mode);
  if (final === 'E' || final === 'F') screen.carriageReturn();
}

/** Titles, hyperlinks and the like end with BEL or ESC \; without an end only the ESC is dropped. */
function skipString(text: string, start: number): number {
  const line = text.slice(start, start + 4096);
  const ends = [line.indexOf(BEL), line.indexOf(TERMINATOR)].filter((end) => end !== -1);
  if (ends.length === 0) return start + 1;
  const end = Math.min(...ends);
  return start + end + (line[end] === BEL ? 1 : 2);
}

function lineToHtml(line: readonly ScreenCell[]): string {
  let html = '';
  for (let i = 0; i < line.length; ) {
    const { style } = line[i]!;
    let run = '';
    for (; i < line.length && line[i]!.style === style; i++) run += line[i]!.char;
    html += styled(run, style);
  }
  return html;
}

function styled(text: string, style: AnsiStyle): string {
  const attributes = style === PLAIN ? '' : styleAttributes(style);
  return attributes === '' ? escapeHtml(text) : `<span${attributes}>${escapeHtml(text)}</span>`;
}
