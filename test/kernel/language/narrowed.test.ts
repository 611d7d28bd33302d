import { describe, expect, it } from 'vitest';
import { kernels } from '../support/kernels.ts';
import { warningsOf } from '../support/warnings.ts';

const set = kernels();

describe('what a cell assigns, the next ones know', () => {
  it('a variable that has become something', async () => {
    const { warnings, errors } = await warningsOf(await set.start(), [
      'let n: number | null = null; let m: { fit(): number } | undefined',
      'let v: string | number = 5; const c: string | number = 6',
      'v.toFixed() + c.toFixed()',
      'n = 5; v = "abc"; m = { fit: () => 3 }',
      'n.toFixed() + v.length + m.fit()',
      'const z: number = n',
      'Math.abs(n)',
      'n + 1',
    ]);
    expect([...errors, ...warnings.flat()]).toEqual([]);
  });

  it('errors that no assignment explains are told', async () => {
    const { warnings } = await warningsOf(await set.start(), [
      'interface One { id: number } const list: One[] = [{ id: 1 }]; const found = list.find(({ id }) => id === 1)',
      'found.id',
      'let options: { a?: One } = { a: { id: 1 } }',
      'options.a.id',
      'let text: string = "a"',
      'text.nope',
      'let either: string | number = 1',
      'let either = Math.random() < 2 ? "a" : 1',
      'either.length',
    ]);
    expect(warnings).toEqual([
      [],
      ["1:1 'found' is possibly 'undefined'. TS18048"],
      [],
      ["1:1 'options.a' is possibly 'undefined'. TS18048"],
      [],
      ["1:6 Property 'nope' does not exist on type 'string'. TS2339"],
      [],
      [],
      ["1:8 Property 'length' does not exist on type 'string | number'. TS2339"],
    ]);
  });
});
