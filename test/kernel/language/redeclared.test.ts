import { describe, expect, it } from 'vitest';
import { completeAt, typed } from '../support/asking.ts';
import { kernels, resultOf } from '../support/kernels.ts';

const set = kernels();

describe('the language server goes on', () => {
  it.each([
    [
      'when a name is declared again',
      ['let a = { first: 1 }', 'let a = { second: 1 }', 'let a = { third: 1 }'],
    ],
    ['when all names are gone', ['let a = { first: 1 }', '%reset -f', 'let a = { second: 1 }']],
    ['when the toolkit comes in', ['let a = { first: 1 }', 'let t = tf.zeros([1]); let a = 1', 'let t = 1']],
  ])('%s', async (_what, cells) => {
    const client = await set.start();
    for (const cell of cells) {
      const { error } = await client.execute(cell, { timeout: 30_000 });
      expect(error).toBeUndefined();
      await completeAt(client, 'a.‸');
    }
    await resultOf(client, 'let last = { ended: 1 }; 0');
    expect((await completeAt(client, 'last.e‸')).matches).toEqual(['ended']);
    await typed(client);
    const exit = await client.shutdown();
    expect(exit?.stderr).not.toContain('language server');
  });
});
