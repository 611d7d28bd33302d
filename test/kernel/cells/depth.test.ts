import { describe, expect, it } from 'vitest';
import { tooDeep } from '../../../kernel/cells/depth.ts';

const N = 20_000;
const around = (open: string, body: string, close: string): string => open.repeat(N) + body + close.repeat(N);

describe('tooDeep', () => {
  it.each([
    ['brackets', around('(', '1', ')')],
    ['brackets that stay open', '['.repeat(N)],
    ['objects', around('({a:', '1', '})')],
    ['functions', around('function f(){', '', '}')],
    ['templates', around('`${', '1', '}`')],
    ['a sum', `1${'+1'.repeat(N)}`],
    ['a sum over lines', `1${"\n  + 'text'".repeat(N)}`],
    ['signs', `${'- '.repeat(N)}1`],
    ['members', `a${'.b'.repeat(N)}`],
    ['calls', `a${'()'.repeat(N)}`],
    ['arrows', `${'a=>'.repeat(N)}1`],
    ['conditions', `${'a?'.repeat(N)}1${':1'.repeat(N)}`],
    ['words that are operators', `${'new '.repeat(N)}x`],
    ['other words', `${'typeof '.repeat(N)}x`],
    ['heads', `${'if(0) '.repeat(N)};`],
    ['heads over lines', `${'while (0)\n  '.repeat(N)};`],
    ['loops', `${'for(;;)'.repeat(N)};`],
    ['loops that await', `${'for await (const a of b) '.repeat(N)};`],
    ['else', `${'if(0){}else '.repeat(N)}{}`],
    ['do', `${'do '.repeat(N)};`],
    ['type arguments', `let a: ${around('A<', '1', '>')}`],
  ])('finds %s', (_what, code) => {
    expect(tooDeep(code)).toBeGreaterThan(1000);
  });

  it.each([
    ['statements', 'const a = f(b.c + 1, { d: [2] });\n'.repeat(N)],
    ['statements without semicolons', 'const a = f(b.c + 1, { d: [2] })\nfoo()\n'.repeat(N)],
    ['data', `[${'{ "a": [1, -2.5], b: "x+y" }, '.repeat(N)}]`],
    ['heads with statements', 'if (a) b()\nwhile (c);\nfor (const d of e)\n  "f"\nif (g) 1\n'.repeat(N)],
    ['loops with a condition behind', 'do { a() } while (b)\n'.repeat(N)],
    ['words', 'const f = () => { return new A() }\nthrow await typeof b\n'.repeat(N)],
    ['a long string', `"${'ab+/='.repeat(N)}"`],
    ['comments', '// ((((((\n/* [[[[[[ */\n'.repeat(N)],
    ['blocks', `${'if (a) { b() } else { c() }\n'.repeat(N)}`],
    ['chained calls of usual length', `${`a${'.then(() => 1)\n'.repeat(200)};`.repeat(100)}`],
  ])('lets %s pass', (_what, code) => {
    expect(tooDeep(code)).toBeUndefined();
  });

  it('takes a time in proportion to the length', () => {
    // 8 MB of code: quadratic work would not end within the test's bound.
    expect(tooDeep('let x = f(1) + 2;\n'.repeat(450_000))).toBeUndefined();
  });
});
