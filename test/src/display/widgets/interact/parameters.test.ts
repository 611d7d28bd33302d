import { expect, it } from 'vitest';
import { callOf } from '../../../../../src/display/widgets/interact/parameters.ts';

const values = { rate: 1, kind: 'a', on: true };
const call = (f: (...given: never[]) => unknown): unknown => callOf(f, Object.keys(values))(values);

it.each([
  ['by name, whatever the order', (kind: string, rate: number) => [kind, rate], ['a', 1]],
  ['by name where some are left out', (on: boolean) => [on], [true]],
  ['by name with defaults', (kind = 'x', rate = Math.max(1, 2)) => [kind, rate], ['a', 1]],
  ['in order where the names differ', (a: number, b: string, c: boolean) => [a, b, c], [1, 'a', true]],
  ['as an object where it is destructured', ({ kind, on }: typeof values) => [kind, on], ['a', true]],
  ['all of them to a rest parameter', (...all: unknown[]) => all, [1, 'a', true]],
  [
    'by name to a function',
    function named(kind: string) {
      return [kind];
    },
    ['a'],
  ],
  ['in order to a native function', Array.of, [1, 'a', true]],
])('values reach a function %s', (_, f, expected) => {
  expect(call(f as never)).toEqual(expected);
});

it('an async function too', async () => {
  expect(await call(async (kind: string) => kind)).toBe('a');
  const single = callOf((async (rate: number) => rate * 2) as never, ['rate']);
  expect(await single({ rate: 4 })).toBe(8);
});
