import { expect, test } from 'vitest';
import type { Row } from '../../../../src/display/progress/markup.ts';
import { TerminalSurface } from '../../../../src/display/progress/surface.ts';

const rows = (...texts: string[]): Row[] => texts.map((shown, depth) => ({ depth, shown }));

function terminal(
  isTTY: boolean,
  columns = 40,
): { written: string[]; columns: number; isTTY: boolean; write(text: string): void } {
  const written: string[] = [];
  return { written, columns, isTTY, write: (text) => void written.push(text) };
}

test('a terminal has its lines written over', () => {
  const out = terminal(true);
  const surface = new TerminalSurface(out, () => 0);
  surface.show(rows('a'), false);
  surface.show(rows('a', 'b'), false);
  surface.show(rows('a'), false);
  surface.show(rows('a'), true);
  surface.show(rows('c'), true);
  expect(out.written).toEqual([
    '\r\x1b[Ka\x1b[J',
    '\r\x1b[Ka\n\r\x1b[K  b\x1b[J',
    '\x1b[1A\r\x1b[Ka\x1b[J',
    '\r\x1b[Ka\x1b[J\n',
    '\r\x1b[Kc\x1b[J\n',
  ]);
});

test('a line is no longer than the terminal is wide, and nothing leaves an empty line', () => {
  const out = terminal(true, 20);
  const surface = new TerminalSurface(out, () => 0);
  surface.show(rows('█'.repeat(50)), false);
  surface.show([], true);
  expect(out.written).toEqual([`\r\x1b[K${'█'.repeat(19)}\x1b[J`, '\r\x1b[K\x1b[J']);
});

test('a pipe gets a line every ten seconds, and the last ones', () => {
  const out = terminal(false);
  let time = 0;
  const surface = new TerminalSurface(out, () => time);
  for (; time <= 25_000; time += 100) surface.show(rows(`at ${time / 1000}`, 'inner'), false);
  surface.show(rows('end', 'inner'), true);
  expect(out.written).toEqual(['at 10\n', 'at 20\n', 'end\n  inner\n']);
});
