import { stripVTControlCharacters } from 'node:util';
import { beforeAll, describe, expect, it } from 'vitest';
import type { KernelClient } from '../../../../kernel/client/client.ts';
import type { ErrorContent } from '../../../../kernel/message/types.ts';
import { kernels } from '../../support/kernels.ts';

const { start } = kernels();
let client: KernelClient;
beforeAll(async () => {
  client = await start();
});

/** The error of a cell, without colours; `cell` stands for its own name. */
async function failure(
  code: string,
): Promise<{ ename: string; evalue: string; text: string; lines: string[] }> {
  const { error, executionCount } = await client.execute(code, { timeout: 20_000 });
  const { ename, evalue, traceback }: ErrorContent = error ?? { ename: '', evalue: '', traceback: [] };
  const text = stripVTControlCharacters(traceback.join('\n')).replaceAll(`cell-${executionCount}.ts`, 'cell');
  expect(text).not.toMatch(/node:internal|dist[\\/]kernel/);
  return { ename, evalue, text, lines: text.split('\n') };
}

describe('frames', () => {
  it('show the line of the TypeScript source with a caret', async () => {
    const { ename, evalue, text } = await failure(
      'interface A { a: number }\ntype B = A;\nconst b: any = undefined;\nconst before = 1;\n  b.x.y;\nconst after = 2;\n',
    );
    expect([ename, evalue]).toEqual(['TypeError', "Cannot read properties of undefined (reading 'x')"]);
    expect(text).toBe(
      [
        "TypeError: Cannot read properties of undefined (reading 'x')",
        '    at cell:5:5',
        '  3 | const b: any = undefined;',
        '  4 | const before = 1;',
        '> 5 |   b.x.y;',
        '    |     ^',
        '  6 | const after = 2;',
      ].join('\n'),
    );
  });

  it('of earlier cells are shown as their lines', async () => {
    const { executionCount } = await client.execute(
      'enum E { A }\nfunction inner(x: number) {\n  throw new Error("deep " + x);\n}',
    );
    const { lines } = await failure('const call = () => inner(1);\ncall();');
    expect(lines.slice(0, 2)).toEqual(['Error: deep 1', `    at inner (cell-${executionCount}.ts:3:9)`]);
    expect(lines).toContain('> 3 |   throw new Error("deep " + x);');
    expect(lines).toContain('    at call (cell:1:20)');
    expect(lines).toContain('    at cell:2:1');
    expect(lines).toContain('> 2 | call();');
  });

  it.each([
    [
      'async function f() { await 1; throw new Error("x") }\nasync function g() { await f() }\nawait g()',
      ['f (cell:1:37)', 'async g (cell:2:22)', 'cell:3:1'],
    ],
    ['[1].map((v) => { throw new Error("x") })', ['cell:1:24', 'cell:1:5']],
    [
      'class A { get bad() { throw new Error("x") } static make() { return new A().bad } }\nA.make()',
      [
        'get bad (cell:1:29)|get bad [as bad] (cell:1:29)',
        'A.make (cell:1:77)|Function.make (cell:1:77)',
        'cell:2:3',
      ],
    ],
    ['class C { constructor() { throw new Error("x") } }\nnew C()', ['new C (cell:1:33)', 'cell:2:1']],
    ['if (true) {\n\t\tthrow new Error("x");\n}', ['cell:2:9']],
    ['import "node:fs"; late(); function late() { throw new Error("x") }', ['late (cell:1:51)', 'cell:1:19']],
    ['const s = "😀 é"; throw new Error(s)', ['cell:1:25']],
    [
      'function dec(c: any, _: any) { return c }\n@dec class D { m() { throw new Error("x") } }\nnew D().m()',
      ['D.m (cell:2:28)', 'cell:3:9'],
    ],
    ['eval("throw new Error(1)")', ['eval at <anonymous> (cell:1:1), <anonymous>:1:7', 'cell:1:1']],
  ])('%s', async (code, expected) => {
    const { lines } = await failure(code);
    const frames = lines.filter((line) => /^ {4}at /.test(line)).map((line) => line.slice(7));
    expect(frames).toHaveLength(expected.length);
    for (const [index, options] of expected.entries()) {
      expect(
        options.split('|').some((option) => frames[index]?.includes(option)),
        frames[index],
      ).toBe(true);
    }
  });

  it('of a stack overflow are few', async () => {
    const { ename, lines } = await failure('function rec(): number { return rec() + 1 }\nrec()');
    expect(ename).toBe('RangeError');
    expect(lines.length).toBeLessThan(12);
    expect(lines.join('\n')).toContain('… the same ');
    const mutual = await failure('const ra = () => rb(); const rb = () => ra(); ra()');
    expect(mutual.lines.length).toBeLessThan(30);
  });

  it.each([
    ["'file'", 'no file', "import('./nope.ts')"],
    ['a package', 'no package', "import('nope')"],
    ["Node's own", 'no such one', "import('node:nope')"],
  ])('of an import of %s that nobody awaits', async (_what, _why, code) => {
    const { outputs, executionCount } = await client.execute(
      `const started = 1;\nvoid ${code};\nawait new Promise((r) => setTimeout(r, 300))`,
      { timeout: 20_000 },
    );
    const late = outputs.find(({ output_type }) => output_type === 'error') as ErrorContent | undefined;
    const text = stripVTControlCharacters(late?.traceback.join('\n') ?? '');
    expect(text).toContain(`    at cell-${executionCount}.ts:2:6`);
    expect(text).toContain(`> 2 | void ${code};\n    |      ^`);
  });

  it.each([
    'prompt("?")',
    'confirm("?")',
    'await input("?")',
    '(await Promise.all([1, 2].map(() => input("?")))).length',
  ])('of %s where nobody answers', async (code) => {
    const { error } = await client.execute(`\n\n${code}`, { allowStdin: false, timeout: 20_000 });
    const text = stripVTControlCharacters(error?.traceback.join('\n') ?? '');
    expect(text).toMatch(/^StdinNotAllowedError: .*\n {4}at .*cell-\d+\.ts:3:\d+/);
    expect(text).toMatch(/> 3 \| .*\n {4}\| +\^/);
    expect(text).not.toContain('dist/kernel');
  });

  it('of other realms and threads', async () => {
    await client.execute("import vm from 'node:vm'; import { Worker } from 'node:worker_threads'");
    const other = await failure('\nvm.runInNewContext(`throw new TypeError("other")`)');
    expect([other.ename, other.evalue]).toEqual(['TypeError', 'other']);
    expect(other.lines).toContain('    at cell:2:4');
    const back = await failure('vm.runInNewContext("(f) => f()")(() => {\n  null!.x })');
    expect(back.text).toContain('at cell:2:9');
    const worker = await failure(
      'await new Promise((_, no) => new Worker("throw new RangeError(`in worker`)", { eval: true }).on("error", no))',
    );
    expect([worker.ename, worker.evalue]).toEqual(['RangeError', 'in worker']);
  });

  it('are not those of the toolkit, where the cell has some of its own', async () => {
    const { lines } = await failure('\nvegaLite(5 as never)');
    expect(lines.filter((line) => /^ {4}at /.test(line))).toEqual(['    at cell:2:1']);
    const shown = await failure('\n({ toSpec: () => ({ mark: "nothing" }) })');
    expect(shown.lines.filter((line) => /^ {4}at /.test(line))).not.toEqual([]);
  });

  it('are not those of what the toolkit runs its functions with', async () => {
    const { lines } = await failure('losses.meanSquaredError([1, 2, 3], [1, 2])');
    expect(lines.filter((line) => line.startsWith('    at '))).toEqual(['    at cell:1:8']);
    const own = await failure('tf.tidy(() => { throw new Error("own") })');
    expect(own.text).toMatch(/ at cell:1:23\n[\s\S]*tfjs-core/);
  });

  it('are in what the cell reads and prints itself', async () => {
    const { outputs } = await client.execute('type T = 1;\nconsole.log(new Error("x").stack)');
    expect(outputs[0]).toMatchObject({
      text: expect.stringMatching(/^Error: x\n {4}at cell-\d+\.ts:2:13\n$/),
    });
  });
});

describe('errors', () => {
  it.each([
    ['throw Object.assign(new Error("x"), { name: "Custom" })', 'Custom', 'x'],
    ['class Mine extends Error {} throw new Mine("x")', 'Mine', 'x'],
    ['throw new DOMException("stopped", "AbortError")', 'AbortError', 'stopped'],
    ['undefinedName', 'ReferenceError', 'undefinedName is not defined'],
    ['new Array(-1)', 'RangeError', 'Invalid array length'],
    ['JSON.parse("{")', 'SyntaxError', "Expected property name or '}' in JSON at position 1"],
    ['new Function("bad(")', 'SyntaxError', "Unexpected token '}'"],
    ['eval("1 +")', 'SyntaxError', 'Unexpected end of input'],
    ['throw "a string"', 'Uncaught', 'a string'],
    ['throw null', 'Uncaught', 'null'],
    ['throw undefined', 'Uncaught', 'undefined'],
    ['throw Symbol("s")', 'Uncaught', 'Symbol(s)'],
    ['throw { a: 1, b: [1, 2] }', 'Uncaught', '{ a: 1, b: [ 1, 2 ] }'],
    ['throw { toString() { throw 1 } }', 'Uncaught', '{ toString: [Function: toString] }'],
    ['throw new Proxy({}, { get() { throw 1 } })', 'Uncaught', '{}'],
    [
      '{ const { proxy, revoke } = Proxy.revocable({}, {}); revoke(); throw proxy }',
      'Uncaught',
      '<Revoked Proxy>',
    ],
    ['class Weird extends Error { get message(): string { throw 1 } } throw new Weird()', 'Weird', ''],
    ['throw Object.assign(new Error("x"), { name: 5, stack: null })', 'Error', 'x'],
    [
      'throw Object.assign(Object.create(Error.prototype), { message: { toString() { throw 1 } } })',
      'Error',
      '[object Object]',
    ],
  ])('%s', async (code, ename, evalue) => {
    const found = await failure(code);
    expect([found.ename, found.evalue.slice(0, evalue.length)]).toEqual([ename, evalue]);
    expect(found.lines[0]).toContain(ename);
  });

  it('show their causes, members and own properties', async () => {
    const { text } = await failure(
      'throw new Error("outer", { cause: Object.assign(new TypeError("inner", { cause: "why" }), { code: "E_X" }) })',
    );
    expect(text).toMatch(
      /^Error: outer\n[\s\S]*\ncaused by TypeError: inner\n[\s\S]*\n {2}\{ code: 'E_X' \}\n {2}caused by 'why'$/,
    );
    const any = await failure(
      'await Promise.any([Promise.reject(new Error("one")), Promise.reject(new RangeError("two"))])',
    );
    expect(any.ename).toBe('AggregateError');
    expect(any.text).toMatch(
      /\[0\] Error: one\n {6}at cell:1:35\n[\s\S]*\n\[1\] RangeError: two\n {6}at cell:1:69\n/,
    );
    const circular = await failure('const e = new Error("x"); e.cause = e; throw e');
    expect(circular.text).toContain('caused by [circular: Error]');
  });

  it('with endless properties are cut, with a note', async () => {
    const large = 'Object.fromEntries(Array.from({ length: 2e5 }, (_, i) => ["key" + i, i]))';
    for (const code of [`throw ${large}`, `throw Object.assign(new Error("x"), { data: ${large} })`]) {
      const { text } = await failure(code);
      expect(text).toMatch(/… 199900 more properties \(of 200000\)|… \d+ more characters/);
      expect(text.length).toBeLessThan(12_000);
    }
  });

  it('with an endless message are cut, with a note', async () => {
    const { evalue, text } = await failure('throw new Error("m".repeat(1e6))');
    expect(evalue.length).toBeLessThan(11_000);
    expect(text).toContain('… 990000 more characters (of 1000000)');
    const lines = await failure('throw new Error("line\\n".repeat(30000))');
    expect(lines.lines.length).toBeLessThan(120);
  });

  it('in timers are shown in their cell, with its lines', async () => {
    const { outputs } = await client.execute(
      'setTimeout(() => {\n  throw new Error("late") }, 5); await new Promise((r) => setTimeout(r, 50))',
    );
    const shown = outputs.find(({ output_type }) => output_type === 'error');
    expect(stripVTControlCharacters(JSON.stringify(shown))).toMatch(/cell-\d+\.ts:2:9/);
  });
});

describe('syntax errors', () => {
  it.each([
    ['let x = ;', 'cell:1:9', '> 1 | let x = ;\n    |         ^'],
    ['const ok = "é";\n  foo(]', 'cell:2:7', '> 2 |   foo(]\n    |       ^'],
    ['type T = {\n  a: \n', 'cell:2:5', '> 2 |   a:\n'],
    ['const a = 1;\nconst r = /(/;', 'cell:2:', '> 2 | const r = /(/;'],
    ['function f(a: string {', 'cell:1:22', '> 1 | function f(a: string {'],
  ])('%j', async (code, place, frame) => {
    const { ename, text } = await failure(code);
    expect(ename).toBe('SyntaxError');
    expect(text).toContain(`    at ${place}`);
    expect(`${text}\n`).toContain(frame);
  });
});
