import { beforeAll, describe, expect, it } from 'vitest';
import type { KernelClient } from '../../../kernel/client/client.ts';
import type { Json } from '../../../kernel/message/types.ts';
import { completeAt, typed } from '../support/asking.ts';
import { kernels, resultOf } from '../support/kernels.ts';

const set = kernels();
let client: KernelClient;

beforeAll(async () => {
  client = await set.start();
  await resultOf(
    client,
    `interface Point {
  /** How far to the right. */
  x: number;
  y: number;
}
/** Doubles. */ function twice(a: number): number { return 2 * a }
let point: Point = { x: 1, y: 2 }; 0`,
  );
  await typed(client);
});

describe('complete', () => {
  it('knows the types of earlier cells, with their documentation', async () => {
    const { types } = await completeAt(client, 'point.‸');
    expect(types).toEqual([
      {
        ...{ start: 6, end: 6, text: 'x', type: 'property', signature: '(property) Point.x: number' },
        documentation: 'How far to the right.',
      },
      { start: 6, end: 6, text: 'y', type: 'property', signature: '(property) Point.y: number' },
    ]);
  });

  it('offers nothing within a regular expression', async () => {
    expect((await completeAt(client, 'const at = /poi‸nt/.exec("a")')).matches).toEqual([]);
    expect((await completeAt(client, 'const half = 4 / poi‸')).matches).toEqual(['point']);
  });

  it('completes the keys of an argument', async () => {
    expect((await completeAt(client, 'const q: Point = { ‸')).matches).toEqual(['x', 'y']);
  });
});

describe('inspect', () => {
  it('shows the signature and the documentation', async () => {
    const { data } = await client.inspect('twice');
    expect((data as Json)['text/plain']).toBe('function twice(a: number): number\n\nDoubles.');
  });
});
