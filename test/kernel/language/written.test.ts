import { beforeAll, describe, expect, it } from 'vitest';
import type { KernelClient } from '../../../kernel/client/client.ts';
import type { Json } from '../../../kernel/message/types.ts';
import { kernels, resultOf } from '../support/kernels.ts';

const set = kernels();
let client: KernelClient;

beforeAll(async () => {
  client = await set.start({ env: { DESCENT_LANGUAGE_SERVER: 'off' } });
});

describe('what a cell has written', () => {
  const documented = `/**
 * Doubles.
 *
 * @param x how much
 */
export function double(x: number, unit?: string): number {
    // as it is
    return 2 * x;
}`;
  const shape = `/** A shape. */
abstract class Shape<T> extends Array<T> {
  static of = (name: string): unknown => name;
  constructor(protected sides: number, public label?: T) { super() }
  /** Its area. */
  area(this: Shape<T>, scale = 1): number {
    return scale;
  }
}`;
  const others = `const curried = (a: number) => (b: string): number => a, inner = curried(1);
const both = [(x: number) => x, (x: string) => (x as any)].map((f: unknown) => f);
namespace Space { export const fn = (a?: Map<string, number>): void => {} }
@((...a: any[]) => {}) class Adorned { method(a: number): void {} accessor field = (q: string) => q }
const adorned = new Adorned(); 0`;

  beforeAll(async () => {
    for (const code of [documented, shape, others, 'const plain = (a, b) => ({ a }); 0'])
      await resultOf(client, code);
  });

  const inspect = async (expression: string, detail: 0 | 1): Promise<string> => {
    const { data } = await client.inspect(expression, expression.length, detail);
    return String((data as Json)['text/plain']).replace(/^.*\n/, '');
  };

  it.each([
    ['double', 'function double(x: number, unit?: string): number\n\nDoubles.\n\n@param x how much'],
    [
      'Shape',
      'abstract class Shape<T> extends Array<T> {\n  constructor(protected sides: number, public label?: T)\n}\n\nA shape.',
    ],
    ['Shape.prototype.area', 'function Shape.prototype.area(this: Shape<T>, scale = 1): number\n\nIts area.'],
    ['Shape.of', 'function Shape.of(name: string): unknown'],
    ['curried', 'function curried(a: number)'],
    ['inner', 'function inner(b: string): number'],
    ['both[1]', 'function both[1](x: string)'],
    ['Space.fn', 'function Space.fn(a?: Map<string, number>): void'],
    ['adorned.method', 'function adorned.method(a: number): void'],
    ['adorned.field', 'function adorned.field(q: string)'],
    ['plain', 'function plain(a, b)'],
    ['double(1, ', 'function double(x: number, unit?: string): number\n\nDoubles.\n\n@param x how much'],
  ])('signature of %s', async (expression, expected) => {
    expect(await inspect(expression, 0)).toBe(expected);
  });

  it.each([
    ['double', documented],
    ['Shape', shape],
    [
      'Shape.prototype.area',
      '/** Its area. */\narea(this: Shape<T>, scale = 1): number {\n  return scale;\n}',
    ],
    ['Shape.of', 'static of = (name: string): unknown => name;'],
    ['inner', '(b: string): number => a'],
    ['both[1]', '(x: string) => (x as any)'],
    ['adorned.method', 'method(a: number): void {}'],
    ['plain', 'const plain = (a, b) => ({ a });'],
  ])('source of %s', async (expression, expected) => {
    expect(await inspect(expression, 1)).toBe(expected);
  });

  it('shows what V8 has of a function without a cell', async () => {
    await resultOf(client, 'const made = new Function("a", "return a"); const bound = double.bind(null); 0');
    expect(await inspect('made', 1)).toContain('return a');
    expect(await inspect('bound', 0)).toContain('[native code]');
  });

  it('answers while a cell computes, and stops at no debugger statement', async () => {
    await resultOf(
      client,
      'function busy(ms: number): void { const end = Date.now() + ms; while (Date.now() < end) debugger }',
    );
    const running = client.execute('busy(1500); "ended"', { timeout: 10_000 });
    await new Promise((resolve) => setTimeout(resolve, 200));
    const began = performance.now();
    expect(await inspect('busy', 0)).toBe('function busy(ms: number): void');
    expect(performance.now() - began).toBeLessThan(1000);
    expect(await running).toMatchObject({ outputs: [{ data: { 'text/plain': "'ended'" } }] });
  });
});
