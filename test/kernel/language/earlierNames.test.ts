import { beforeAll, describe, expect, it } from 'vitest';
import { scan } from '../../../kernel/cells/tokens.ts';
import type { KernelClient } from '../../../kernel/client/client.ts';
import { withEarlierNames } from '../../../kernel/language/earlierNames.ts';
import type { Json } from '../../../kernel/message/types.ts';
import { kernels, resultOf } from '../support/kernels.ts';

const names = new Set(['rows', 'n', 'key']);
/** The code with `_` in place of each letter of a name of an earlier cell. */
const marked = (code: string): string =>
  withEarlierNames(code, scan(code), names).code.replaceAll(/[\u10d0-\u10f0]/g, '_');

describe('names of earlier cells that a cell declares again', () => {
  it.each([
    ['const rows = rows.filter((row) => row.a)', 'const rows = ____.filter((row) => row.a)'],
    ['let n = n + 1; n', 'let n = _ + 1; n'],
    ['let n = n + 1\nn', 'let n = _ + 1\nn'],
    ['rows; const rows = 1; rows', '____; const rows = 1; rows'],
    ['const { n, rows } = rows[n]', 'const { n, rows } = ____[_]'],
    ['const n = 1, rows = n', 'const n = 1, rows = n'],
    ['const rows = rows\n  .map(f)\nconst b = rows', 'const rows = ____\n  .map(f)\nconst b = rows'],
    ['const rows: Row[] = rows as Row[]\nif (rows) {}', 'const rows: Row[] = ____ as Row[]\nif (rows) {}'],
    ['const rows = { key: rows.rows, n: 1 }', 'const rows = { key: ____.rows, n: 1 }'],
    ['const rows = f({ rows })', 'const rows = f({ rows })'],
    [`const rows = \`\${rows.length}\``, `const rows = \`\${____.length}\``],
    ['const n = "n" + n // n', 'const n = "n" + _ // n'],
    ['let n; n = n + 1', 'let n; n = n + 1'],
    ['const f = () => rows; const rows = []', 'const f = () => ____; const rows = []'],
    ['function g() { return rows } const rows = []', 'function g() { return rows } const rows = []'],
    ['const a = rows', 'const a = rows'],
    ['const rows = rows.fil', 'const rows = ____.fil'],
  ])('%j', (code, expected) => {
    expect(marked(code)).toBe(expected);
    expect(marked(code)).toHaveLength(code.length);
  });
});

describe('their types', () => {
  const set = kernels();
  let client: KernelClient;
  const hover = async (code: string, cursor = code.length): Promise<string> =>
    String(((await client.inspect(code, cursor)).data as Json)['text/plain'])
      .split('\n\n', 1)
      .join('')
      .replaceAll(/\s+/g, ' ');

  beforeAll(async () => {
    client = await set.start();
    await resultOf(client, 'const rows = [{ a: 1, b: "x" }]; let n = 1; 0');
  });

  it('are those of the earlier cell in the initializer', async () => {
    const { matches } = await client.complete('const rows = rows[0].');
    expect(matches).toEqual(['a', 'b']);
    expect(await hover('const rows = rows.map((row) => row.b); rows', 15)).toBe(
      'const rows: { a: number; b: string; }[]',
    );
    expect(await hover('const rows = rows.map((row) => row.b); rows')).toBe('const rows: string[]');
    expect((await client.complete('const rows = ro')).matches).not.toContainEqual(
      expect.stringMatching(/[^\x20-\x7e]/),
    );
  });

  it('go on from cell to cell', async () => {
    await resultOf(client, 'const rows = rows.map((row) => row.b); 0');
    expect(await hover('rows')).toBe('const rows: string[]');
    await resultOf(client, 'let n = String(n); 0');
    expect(await hover('n')).toBe('let n: string');
  });
});
