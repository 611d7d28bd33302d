import { describe, expect, it } from 'vitest';
import { SessionNames } from '../../../../kernel/cells/session.ts';
import { transformCell } from '../../../../kernel/cells/transform.ts';

const namesIn = (source: string, ...declared: string[]): string[] => {
  const session = new SessionNames();
  for (const name of declared) session.declared.add(name);
  return transformCell(source, 'cell-1.ts', session).names;
};

describe('an assignment of what a magic gives', () => {
  it.each([
    ['files = !ls', ['files']],
    ['  here = %pwd', ['here']],
    ['a = !ls\na = !pwd\nb = %pwd', ['a', 'b']],
    ['const c = !ls', ['c']],
    ['let d\nd = !ls', ['d']],
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
