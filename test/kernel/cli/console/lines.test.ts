import { afterEach, describe, expect, it } from 'vitest';
import type { History } from '../../../../kernel/cli/console/history.ts';
import { INTERRUPTED, Lines } from '../../../../kernel/cli/console/lines.ts';
import { terminal } from './screen.ts';

let lines: Lines | undefined;
afterEach(() => lines?.close());

function open(columns = 80): ReturnType<typeof terminal> & { lines: Lines; remembered: string[] } {
  const ends = terminal(columns);
  const remembered: string[] = [];
  const history = { load: () => [], add: (line: string) => remembered.push(line) } as unknown as History;
  lines = new Lines({
    ...ends,
    history,
    complete: async (line) => [[], line],
    onInterrupt: () => {},
  });
  return { ...ends, lines, remembered };
}

describe('what is typed ahead', () => {
  it('goes on where it was once the prompt appears', async () => {
    const { lines, type, screen } = open();
    type('const aa');
    expect(screen.rows).toEqual(['']);
    const line = lines.next('> ', 'code');
    expect(screen.rows).toEqual(['> const aa']);
    type(' = 5\r');
    expect(await line).toBe('const aa = 5');
  });

  it('keeps the last line of a paste, without the indent that would begin it', async () => {
    const { lines, type, screen, remembered } = open();
    const first = lines.next('> ', 'code');
    type('if (a) {\r  b()\r}');
    expect(await first).toBe('if (a) {');
    expect(await lines.next('. ', 'code', '  ')).toBe('  b()');
    const last = lines.next('. ', 'code', '  ');
    expect(screen.rows).toEqual(['> if (a) {', '.   b()', '. }']);
    type('\r');
    expect(await last).toBe('}');
    expect(remembered).toEqual(['if (a) {', '  b()', '}']);
  });

  it('answers a question, and is not remembered then', async () => {
    const { lines, type, screen, remembered } = open();
    type('Ada\rsecret\r\x04');
    expect(await lines.next('name ', 'answer')).toBe('Ada');
    expect(await lines.next('key ', 'secret')).toBe('secret');
    expect(await lines.next('more ', 'answer')).toBe(undefined);
    expect(screen.rows).toEqual(['name Ada', 'key', 'more', '']);
    expect(remembered).toEqual([]);
    const line = lines.next('> ', 'code');
    type('\x1b[A');
    expect(screen.rows.at(-1)).toBe('>');
    type('1\r');
    expect(await line).toBe('1');
  });

  it('does not move the screen where it is longer than a row', () => {
    const { lines, type, screen } = open(10);
    lines.print('one\ntwo\nthree\n');
    type('abcdefghijklmnopqrstuvwxyz');
    void lines.next('> ', 'code');
    expect(screen.rows).toEqual(['one', 'two', 'three', '> abcdefgh', 'ijklmnopqr', 'stuvwxyz']);
  });
});

describe('Ctrl-D', () => {
  it('ends the answer, not what comes after it', async () => {
    const { lines, type } = open();
    const answer = lines.next('name ', 'answer');
    type('\x04');
    expect(await answer).toBe(undefined);
    const line = lines.next('> ', 'code');
    type('1 + 1\r');
    expect(await line).toBe('1 + 1');
  });

  it('keeps the history', async () => {
    const { lines, type } = open();
    const first = lines.next('> ', 'code');
    type('first\r');
    await first;
    const answer = lines.next('name ', 'answer');
    type('\x04');
    await answer;
    const again = lines.next('> ', 'code');
    type('\x1b[A\r');
    expect(await again).toBe('first');
  });
});

describe('output while a line is typed', () => {
  it('takes the place of all rows of the line, which follows it, cursor and all', async () => {
    const { lines, type, screen } = open(10);
    lines.print('before\n');
    const line = lines.next('> ', 'code');
    type('abcdefghijklmnop\x1b[D\x1b[D');
    expect(screen.rows).toEqual(['before', '> abcdefgh', 'ijklmnop']);
    lines.print('late\n');
    expect(screen.rows).toEqual(['before', 'late', '> abcdefgh', 'ijklmnop']);
    lines.print('later');
    expect(screen.rows).toEqual(['before', 'late', 'later', '> abcdefgh', 'ijklmnop']);
    type('!');
    type('\r');
    expect(await line).toBe('abcdefghijklmn!op');
  });

  it('follows a line that fills its row', async () => {
    const { lines, type, screen } = open(10);
    lines.print('before\n');
    const line = lines.next('> ', 'code');
    type('abcdefgh');
    lines.print('late\n');
    expect(screen.rows).toEqual(['before', 'late', '> abcdefgh', '']);
    type('i');
    lines.print('later\n');
    expect(screen.rows).toEqual(['before', 'late', 'later', '> abcdefgh', 'i']);
    type('\x03');
    expect(await line).toBe(INTERRUPTED);
    expect(screen.rows).toEqual(['before', 'late', 'later', '>', '']);
  });

  it('leaves a secret unseen', async () => {
    const { lines, type, screen } = open(10);
    const line = lines.next('key ', 'secret');
    type('abcdefghijklmnop');
    lines.print('late\n');
    expect(screen.rows).toEqual(['key', 'late', 'key']);
    type('q\r');
    expect(await line).toBe('abcdefghijklmnopq');
    expect(screen.rows).toEqual(['key', 'late', 'key', '']);
  });
});
