import {
  appendFileSync,
  existsSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { History, historyPath } from '../../../kernel/session/history.ts';

const folder = mkdtempSync(join(tmpdir(), 'descent-history-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

let files = 0;
const fresh = (): string => {
  files += 1;
  return join(folder, String(files), 'history.jsonl');
};
const open = (path: string, lines: string[] = []): History => new History(path, (line) => lines.push(line));

/** A history that has written one entry. */
function opened(path: string, source: string, lines: string[] = []): History {
  const history = open(path, lines);
  history.add(1, source);
  history.flush();
  return history;
}

describe('History', () => {
  it('keeps the file to its owner', () => {
    const path = fresh();
    opened(path, 'x');
    expect(statSync(path).mode & 0o777).toBe(0o600);
  });

  it('writes what is added in quick succession at once, and by itself', async () => {
    const path = fresh();
    const history = open(path);
    history.add(1, 'one');
    history.add(2, 'two');
    expect(history.tail(2).map(({ source }) => source)).toEqual(['one', 'two']);
    await expect
      .poll(() => existsSync(path) && readFileSync(path, 'utf8'))
      .toBe('[1,1,"one"]\n[1,2,"two"]\n');
  });

  it('passes over lines that another program damaged', () => {
    const path = fresh();
    opened(path, 'kept');
    appendFileSync(path, 'not json\n[1]\n{"a":1}\n[1,2,3]\nnull\n\n[1,"2","x"]\n[1,2,"kept too"]\n');
    expect(
      open(path)
        .tail(10)
        .map(({ source }) => source),
    ).toEqual(['kept', 'kept too']);
  });

  it('gives kernels that run side by side numbers that later ones do not take again', () => {
    const path = fresh();
    const first = opened(path, 'first');
    opened(path, 'second');
    first.add(2, 'first again');
    first.flush();
    const third = opened(path, 'third');
    expect(third.range(0, 0, undefined)).toEqual([{ session: 3, line: 1, source: 'third' }]);
  });

  it('is halved, its newest half kept, when it grows past 8 MiB', () => {
    const path = fresh();
    opened(path, 'first');
    const line = (at: number): string => JSON.stringify([1, at, 'x'.repeat(1000)]);
    writeFileSync(path, Array.from({ length: 9000 }, (_, at) => `${line(at)}\n`).join(''));
    expect(open(path).tail(1)).toMatchObject([{ line: 8999 }]);
    expect(readFileSync(path).length).toBeLessThan(5 << 20);
  });

  it('goes on without a file where none can be written', () => {
    const lines: string[] = [];
    const history = opened('/dev/null/nowhere/history.jsonl', 'kept in memory', lines);
    expect(history.tail(1)).toMatchObject([{ source: 'kept in memory' }]);
    history.add(2, 'another');
    history.flush();
    expect(lines.filter((line) => line.includes('history is not kept'))).toHaveLength(1);
  });

  it.each([
    ['*', 'anything\nat all', true],
    ['a*c', 'abc', true],
    ['a*c', 'abcd', false],
    ['a?c', 'a\nc', true],
    ['a.c', 'abc', false],
    ['*(x)*', 'f(x) + 1', true],
    ['**b**', 'abc', true],
    ['', '', true],
    ['', 'a', false],
    ['*ab', 'aab', true],
  ])('search %j in %j: %j', (pattern, source, expected) => {
    const history = opened(fresh(), source);
    expect(history.search(pattern, undefined, false)).toHaveLength(expected ? 1 : 0);
  });

  it('searches a hostile pattern without end in sight for a regular expression', () => {
    const history = opened(fresh(), 'a'.repeat(5000));
    expect(history.search(`${'*a'.repeat(30)}*b`, undefined, false)).toEqual([]);
  });
});

describe('historyPath', () => {
  it('is where the environment says', () => {
    expect(historyPath({ DESCENT_HISTORY: '/x/y' })).toBe('/x/y');
    expect(historyPath({ XDG_STATE_HOME: '/state' })).toBe('/state/descent/history.jsonl');
    expect(historyPath({})).toMatch(/\.local\/state\/descent\/history\.jsonl$/);
  });
});
