import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { escapeHtml } from '../../../kernel/html.ts';
import { ansiToHtml, ansiToText } from '../../../kernel/page/ansi.ts';

const ESC = '\u001b';
/** Text made to break out: markup, quotes, and control sequences whole, cut and with markup in them. */
const hostile: fc.Arbitrary<string> = fc
  .array(
    fc.oneof(
      fc.string({ unit: 'binary', maxLength: 6 }),
      fc.constantFrom(
        '<script>',
        '"',
        "'",
        '</span>',
        '&',
        '&lt;',
        '\n',
        '\r',
        '\b',
        '\t',
        ESC,
        `${ESC}[`,
        `${ESC}]`,
      ),
      fc.constantFrom(`${ESC}[31m`, `${ESC}[0m`, `${ESC}[1;4;7m`, `${ESC}[38;5;200m`, `${ESC}[48;2;1;2;3m`),
      fc.constantFrom(
        `${ESC}[38;2;";<b>m`,
        `${ESC}[999;;;:m`,
        `${ESC}]8;;http://"><b>\u0007`,
        `${ESC}[2K`,
        `${ESC}[9A`,
      ),
      fc
        .tuple(fc.integer({ min: 0, max: 1e9 }), fc.constantFrom(...'ABCDGKJm'))
        .map(([n, f]) => `${ESC}[${n}${f}`),
    ),
    { maxLength: 20 },
  )
  .map((parts) => parts.join(''));

describe('ansiToHtml', () => {
  it('writes no tag but its own spans, and no attribute but class and style', () => {
    const span =
      /<span(?: class="(?:ansi-[a-z]+(?:-\d+)? ?)+")?(?: style="(?:(?:--on-light|--on-dark|background-color):#[0-9a-f]{6};?)+")?>|<\/span>/g;
    fc.assert(
      fc.property(hostile, (text) => {
        const rest = ansiToHtml(text).replace(span, '');
        expect(rest).not.toMatch(/[<>"']/);
        expect(rest).not.toMatch(/&(?!(amp|lt|gt|quot|#39);)/);
        expect(rest.includes(ESC)).toBe(false);
      }),
      { numRuns: 2000 },
    );
  });

  it('shows the same characters as ansiToText', () => {
    fc.assert(
      fc.property(hostile, (text) => {
        expect(ansiToHtml(text).replace(/<[^>]*>/g, '')).toBe(escapeHtml(ansiToText(text)));
      }),
    );
  });

  it('leaves text without control characters as it is, but for the escapes of HTML', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        expect(ansiToHtml(text)).toBe(escapeHtml(text));
      }),
    );
  });

  it.each([
    [`${ESC}[31mred${ESC}[0m plain`, '<span class="ansi-fg-1">red</span> plain'],
    [`${ESC}[91mred${ESC}[39m plain`, '<span class="ansi-fg-9">red</span> plain'],
    [
      `${ESC}[1mb${ESC}[3mi${ESC}[22mi${ESC}[m`,
      '<span class="ansi-bold">b</span><span class="ansi-bold ansi-italic">i</span><span class="ansi-italic">i</span>',
    ],
    [`${ESC}[38;5;9mx`, '<span class="ansi-fg-9">x</span>'],
    [`${ESC}[44mx`, '<span class="ansi-bg-4">x</span>'],
    [`${ESC}[48;5;16mx`, '<span style="background-color:#000000">x</span>'],
    [`${ESC}[48;5;231mx`, '<span style="background-color:#ffffff">x</span>'],
    // The cube's levels are 0, 95, 135, 175, 215, 255; 208 = 16 + 36·5 + 6·2 + 0.
    [`${ESC}[48;5;208mx`, '<span style="background-color:#ff8700">x</span>'],
    // Grey 232 + n is 8 + 10·n.
    [`${ESC}[48;5;244mx`, '<span style="background-color:#808080">x</span>'],
    [`${ESC}[48;2;10;20;30mx`, '<span style="background-color:#0a141e">x</span>'],
    [`${ESC}[48:2::10:20:30mx`, '<span style="background-color:#0a141e">x</span>'],
    [`${ESC}[48:2:10:20:30mx`, '<span style="background-color:#0a141e">x</span>'],
    [`${ESC}[48;2;10;20;30;1mx`, '<span class="ansi-bold" style="background-color:#0a141e">x</span>'],
    [`${ESC}[4mu${ESC}[4:0mn`, '<span class="ansi-underline">u</span>n'],
    [`${ESC}[31ma\nb`, '<span class="ansi-fg-1">a</span>\n<span class="ansi-fg-1">b</span>'],
  ])('colours %j', (text, html) => {
    expect(ansiToHtml(text)).toBe(html);
  });

  it('makes exact colours legible on both themes', () => {
    const html = ansiToHtml(`${ESC}[38;2;255;255;0mx`);
    expect(html).toMatch(
      /^<span class="ansi-rgb" style="--on-light:#[0-9a-f]{6};--on-dark:#ffff00">x<\/span>$/,
    );
    expect(html).not.toContain('--on-light:#ffff00');
  });
});

describe('ansiToText', () => {
  it.each([
    ['abc\rX', 'Xbc'],
    ['abc\r\ndef', 'abc\ndef'],
    ['10%\r20%\r100%\n', '100%\n'],
    ['abc\b\bX', 'aXc'],
    ['\b\bx', 'x'],
    [`abc\r${ESC}[KX`, 'X'],
    [`abc${ESC}[2K`, ''],
    [`abc${ESC}[1K`, '   '],
    [`one\ntwo${ESC}[A${ESC}[1GX`, 'Xne\ntwo'],
    [`one\ntwo${ESC}[99A!`, 'one!\ntwo'],
    [`a${ESC}[2Jb`, 'a\nb'],
    [`a\nb\n${ESC}[A${ESC}[2J${ESC}[3Jc`, 'a\nb\nc'],
    [`${ESC}[2Ja`, 'a'],
    [`a${ESC}[3Cb`, 'a   b'],
    [`${ESC}]0;title\u0007x`, 'x'],
    [`${ESC}]8;;http://a${ESC}\\link${ESC}]8;;${ESC}\\`, 'link'],
    [`a${ESC}`, 'a'],
    [`a${ESC}[`, 'a'],
    [`a${ESC}[31`, 'a'],
    [`${ESC}[?25lx${ESC}[?25h`, 'x'],
    [`${ESC}(Bx`, 'x'],
    ['a\u0000\u0007b', 'ab'],
    ['π\r∑', '∑'],
    ['😀x\b\bY', 'Yx'],
    ['a\tb', 'a\tb'],
  ])('plays %j', (text, shown) => {
    expect(ansiToText(text)).toBe(shown);
  });

  it('is not made to fill memory by a cursor far away', () => {
    const far = `${ESC}[999999999C.\n`.repeat(3);
    const text = `${far}${ESC}[999999999B${ESC}[999999999G.`;
    expect(ansiToText(text).length).toBeLessThan(20_000);
  });

  it('takes a long output in its stride', () => {
    const text = `${ESC}[32mline${ESC}[0m of output\n`.repeat(50_000);
    const start = performance.now();
    expect(ansiToHtml(text)).toContain('<span class="ansi-fg-2">line</span> of output');
    expect(performance.now() - start).toBeLessThan(20_000);
  });
});
