import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SessionNames } from '../../../kernel/cells/session.ts';
import { transformCell } from '../../../kernel/cells/transform.ts';
import { plain, runCells, TestSession } from './sessions.ts';

const isCopied = (cell: string, ...earlier: string[]): boolean => {
  const session = new SessionNames();
  for (const source of earlier) {
    for (const name of transformCell(source, 'cell.ts', session).names) session.declared.add(name);
  }
  return transformCell(cell, 'cell.ts', session).code.includes('beginLoop');
};

describe('top-level loops', () => {
  it.each([
    ['let s = 0; for (let i = 0; i < 10; i++) s += i'],
    ['let n = 10; while (n) n--'],
    ['let n = 0; do n++; while (n < 10)'],
    ['let last; for (last of [1, 2]);'],
    ['let last; for (last in { a: 1 }) {}'],
    ['for (var i = 0; i < 3; i++);'],
    ['let s = 0; outer: for (;;) for (;;) { s++; break outer }'],
    ['let s = 0; const f = (x: number) => { const s = x; return s }; for (let i = 0; i < 3; i++) s += f(i)'],
    ['let s = 0; if (true) { for (let i = 0; i < 10; i++) s += i }'],
    ['let s = 0; for (let e = 0; e < 2; e++) { await 1; for (let i = 0; i < 2; i++) s += i }'],
  ])('run on copies: %s', (source) => {
    expect(isCopied(source)).toBe(true);
  });

  it.each([
    [
      'a function reads the name',
      'let s = 0; const f = () => s; for (let i = 0; i < 3; i++) { s += i; f() }',
    ],
    ['a class does', 'let s = 0; class A { get s() { return s } } for (;;) { s++; break }'],
    ['the loop awaits', 'let s = 0; for (const x of [1]) { s += await x }'],
    ['it iterates asynchronously', 'let s = 0; for await (const x of [1]) s += x'],
    ['it assigns to nothing of the session', 'for (let i = 0, s = 0; i < 3; i++) s += i'],
    ['code may come from a string', 'let s = 0; for (let i = 0; i < 3; i++) { s += i; eval("s") }'],
    ['code may come from elsewhere', 'import vm from "node:vm"; let s = 0; for (;;) { s++; break }'],
  ])('run as they are where %s', (_why, source) => {
    expect(isCopied(source)).toBe(false);
  });

  it('know what functions of earlier cells mention', () => {
    const loop = 'for (let i = 0; i < 3; i++) s += i';
    expect(isCopied(loop, 'let s = 0')).toBe(true);
    expect(isCopied(loop, 'let s = 0', 'const f = () => s')).toBe(false);
    expect(isCopied(loop, 'let s = 0', '[1].map((s) => s)')).toBe(true);
    expect(isCopied(loop)).toBe(false);
  });

  it.each([
    ['let s = 0; for (let i = 0; i < 5; i++) s += i; s', 10],
    ['let a = 1, b = 2; for (let i = 0; i < 3; i++) [a, b] = [b, a + b]; [a, b]', [5, 8]],
    ['let k = 0; const x: number[] = []; while (k < 3) x[k++] = k--, k++; [k, x]', [3, [1, 2, 3]]],
    ['let s = 1; for (let i = 0; i < 3; i++) { let s = 5; s++ } s', 1],
    ['let s = 0; for (const s of [1, 2]) { void s } s', 0],
    ['let des: any; for (let i = 0; i < 2; i++) { try { [des, ({} as any).x.y] = [i, 1] } catch {} } des', 1],
    ['let o; for (let i = 0; i < 2; i++) { ({ i: o = 3 } = { i } as any) } o', 1],
    [
      'let a: any, b: any; for (let i = 0; i < 1; i++) { const c = ([a, b = a] = [i] as any); a = c.length } [a, b]',
      [1, 0],
    ],
    ['let a: any; for (var [x, y] of [[1, 2], [3, 4]]) a = x + y; [a, x, y]', [7, 3, 4]],
    ['let a = 0; for (var { p } = { p: 3 }, q = 0; q < p; q++) { var r = q } [p, q, r]', [3, 3, 2]],
    ['let a = 0; for (var i = 0; i < 2; i++) { var [b] = [a] = [i] } [a, b]', [1, 1]],
    ['let s: any = null; for (let i = 0; i < 2; i++) { s ??= 5; s &&= s + 1; s ||= 1 } s', 7],
    [
      'let n = 0n; for (let i = 0; i < 3; i++) { const old = n++; if (old !== n - 1n) throw 1 } n.toString()',
      '3',
    ],
    ['let f: any; for (let i = 0; i < 1; i++) f = () => 1; [f.name, typeof f]', ['f', 'function']],
    ['let s = 0; try { for (;;) { s++; if (s > 3) throw 1 } } catch {} s', 4],
    ['let s = 0; a: for (;;) { for (;;) { s++; if (s < 5) continue a; break a } } s', 5],
    [
      'let URL = 0; for (let i = 0; i < 3; i++) { URL += i; const o = { URL }; if (o.URL !== URL) throw 1 } URL',
      3,
    ],
    [
      'let s = 0; for (let i = 0; i < 3; i++) { s += i; var inner = class { static n = 1 } } [s, inner.n]',
      [3, 1],
    ],
    [
      'let s = 0, t = 0; for (const x of [1, 2]) { switch (x) { case 1: s = t = x; break; default: t += s++ } } [s, t]',
      [2, 2],
    ],
  ])('%s', async (source, expected) => {
    expect(plain(await runCells(source))).toEqual(expected);
  });

  it('throw where a constant is assigned to', async () => {
    await expect(runCells('const c = 1; let s = 0; for (;;) { s++; c = 2 }')).rejects.toThrow('constant');
    expect(await runCells('const c = 1; let s = 0; try { for (;;) { s++; c = 2 } } catch {} s')).toBe(1);
  });
});

const NAMES = ['a', 'b', 'c', 'd'] as const;
const name = fc.constantFrom(...NAMES);

/** Small programs of loops over numbers; `fuel` ends those that would go on. */
const { statement } = fc.letrec<{ expression: string; statement: string }>((tie) => ({
  expression: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.oneof(
      name,
      fc.integer({ min: -3, max: 9 }).map((n) => `(${n})`),
      fc.constant('xs[0]'),
    ),
    fc
      .tuple(tie('expression'), fc.constantFrom('+', '-', '*', '<', '&&', ','), tie('expression'))
      .map(([x, op, y]) => `(${x} ${op} ${y})`),
    fc
      .tuple(name, fc.constantFrom('++', '--'), fc.boolean())
      .map(([n, op, prefix]) => (prefix ? `(${op}${n})` : `(${n}${op})`)),
    fc
      .tuple(name, fc.constantFrom('=', '+=', '-=', '??=', '&&=', '||='), tie('expression'))
      .map(([n, op, x]) => `(${n} ${op} ${x})`),
    fc.tuple(name, name, tie('expression')).map(([m, n, x]) => `([${m}, ${n}] = [${x}, ${m}])[0]`),
    fc.tuple(name, tie('expression')).map(([n, x]) => `({ ${n}: ${n} = ${x} } = { b: 2 }).b`),
    fc.tuple(tie('expression'), tie('expression')).map(([x, y]) => `(xs[${x} & 3] = ${y})`),
    fc.tuple(name, tie('expression')).map(([n, x]) => `((${n}) => ${n} + 1)(${x})`),
  ),
  statement: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    tie('expression').map((x) => `${x};`),
    fc
      .tuple(tie('expression'), tie('statement'), tie('statement'))
      .map(([x, s, t]) => `if (${x}) ${s} else ${t}`),
    fc.tuple(tie('statement'), tie('statement')).map(([s, t]) => `{ ${s} ${t} }`),
    fc.tuple(name, tie('expression'), tie('statement')).map(([n, x, s]) => `{ let ${n}_ = ${x}; ${s} }`),
    fc.tuple(name, tie('expression'), tie('statement')).map(([n, x, s]) => `{ let ${n} = 1; ${x}; ${s} }`),
    fc
      .tuple(name, tie('expression'), tie('statement'))
      .map(([n, x, s]) => `for (${n} = 0; fuel() && ${n} < 4; ${x}) ${s}`),
    fc.tuple(name, tie('statement')).map(([n, s]) => `for (${n} of [1, 2, 3]) { if (!fuel()) break; ${s} }`),
    fc.tuple(tie('expression'), tie('statement')).map(([x, s]) => `while (fuel() && ${x}) ${s}`),
    fc.tuple(tie('expression'), tie('statement')).map(([x, s]) => `do ${s} while (fuel() && ${x})`),
    fc
      .tuple(name, tie('statement'))
      .map(
        ([n, s]) => `out: for (var ${n} = 0; fuel(); ${n}++) { ${s} if (${n} > 2) break out; continue out }`,
      ),
    fc
      .tuple(tie('expression'), tie('statement'))
      .map(([x, s]) => `try { ${s} if (${x}) throw 7 } catch (e) { a = e } finally { b = 1 }`),
  ),
}));

it('random programs end in the same state with and without copies', async () => {
  const run = async (program: string, dynamic: boolean): Promise<unknown> => {
    const session = new TestSession();
    session.names.dynamic = dynamic;
    await session.run(
      'let a = 1, b = 2, c = 3, d = 4; const xs = [5, 6]; let left = 300; function fuel() { return left-- > 0 }',
    );
    let failure: unknown;
    try {
      await session.run(program);
    } catch (error) {
      failure = String(error);
    }
    return plain([failure ?? 0, await session.run('[a, b, c, d, xs, left].map(String)')]);
  };
  await fc.assert(
    fc.asyncProperty(statement, fc.constantFrom('', 'throw a;'), async (body, end) => {
      const program = `for (let round = 0; round < 3; round++) { ${body} ${end} }`;
      expect(await run(program, false)).toEqual(await run(program, true));
    }),
    { numRuns: 200 },
  );
}, 60_000);
