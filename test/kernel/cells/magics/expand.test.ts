import { describe, expect, it } from 'vitest';
import { SessionNames } from '../../../../kernel/cells/session.ts';
import { transformCell } from '../../../../kernel/cells/transform.ts';

function sessionWith(...declared: string[]): SessionNames {
  const session = new SessionNames();
  for (const name of declared) session.declared.add(name);
  return session;
}

const namesIn = (source: string, ...declared: string[]): string[] =>
  transformCell(source, 'cell-1.ts', sessionWith(...declared)).names;

describe('an assignment of what a magic gives', () => {
  it.each([
    ['files = !ls', ['files']],
    ['  here = %pwd', ['here']],
    ['a = !ls\na = !pwd\nb = %pwd', ['a', 'b']],
    ['const c = !ls', ['c']],
    ['let d\nd = !ls', ['d']],
    ['export const i = !ls', ['i']],
    ['export let j: string[] = !ls', ['j']],
    ['{ e = !ls }', []],
    ['async function f() {\n  g = %pwd\n}', ['f']],
    ['process.title = %pwd', []],
    ['_exit_code = !ls', []],
  ])('%j declares %j', (source, names) => {
    expect(namesIn(source).sort()).toEqual(names);
  });

  it('leaves a name that an earlier cell has declared', () => {
    expect(namesIn('files = !ls', 'files')).toEqual([]);
  });
});

describe('a magic in a function that does not wait', () => {
  it.each(['function f() {\n  !ls\n}', 'const f = () => {\n  %npm ls\n}'])('%j', (source) => {
    expect(() => transformCell(source, 'cell-1.ts')).toThrow(
      expect.objectContaining({
        message: 'this magic takes time: its function must be async',
        line: 2,
        column: 3,
      }),
    );
  });

  it('may stand in one that does', () => {
    expect(namesIn('async function f() {\n  !ls\n}')).toEqual(['f']);
  });
});

describe('a line that begins with %', () => {
  it('goes on with the expression above where the name is known and no magic', () => {
    const [total, count] = ['total', 'count'];
    expect(transformCell('total\n%count', 'cell-1.ts', sessionWith(total, count)).code).toContain(
      'total % count',
    );
    expect(transformCell('let n = 5\nn\n%n', 'cell-1.ts').code).toContain('n % n');
  });

  it.each(['%nothing', 'total\n%nothing', '%total'])('%j is an unknown magic', (source) => {
    expect(() => transformCell(source, 'cell-1.ts', sessionWith('total'))).toThrow('there is no magic');
  });

  it('is a magic where there is one of that name', () => {
    expect(transformCell('1\n%time 2', 'cell-1.ts', sessionWith('time')).code).not.toContain('%time');
  });
});
