import { describe, expect, it } from 'vitest';
import type { KernelClient } from '../../../kernel/client/client.ts';
import type { Json } from '../../../kernel/message/types.ts';
import { kernels } from '../support/kernels.ts';

const set = kernels();

const ask = async (client: KernelClient, content: Json): Promise<unknown> => {
  const reply = await client.request('control', 'history_request', { output: false, raw: true, ...content });
  expect(reply.content.status).toBe('ok');
  return reply.content.history;
};

describe('history_request', () => {
  it('knows the cells of this kernel and of those before it', async () => {
    const first = await set.start();
    for (const code of ['const a = 1', 'a + 1', 'throw 3']) await first.execute(code);
    await first.execute('"unseen"', { silent: true });
    await first.execute('"unseen too"', { storeHistory: false });
    await first.shutdown();
    const second = await set.start();
    for (const code of ['a_fresh = 1', 'const a = 1']) await second.execute(code);

    expect(await ask(second, { hist_access_type: 'tail', n: 4 })).toEqual([
      [1, 2, 'a + 1'],
      [1, 3, 'throw 3'],
      [2, 1, 'a_fresh = 1'],
      [2, 2, 'const a = 1'],
    ]);
    expect(await ask(second, { hist_access_type: 'tail', n: 1, output: true })).toEqual([
      [2, 2, ['const a = 1', null]],
    ]);
    expect(await ask(second, { hist_access_type: 'range', session: 0, start: 1, stop: 2 })).toEqual([
      [2, 1, 'a_fresh = 1'],
    ]);
    expect(await ask(second, { hist_access_type: 'range', session: -1, start: 2, stop: null })).toEqual([
      [1, 2, 'a + 1'],
      [1, 3, 'throw 3'],
    ]);
    expect(await ask(second, { hist_access_type: 'range', session: 1, start: 1, stop: 2 })).toEqual([
      [1, 1, 'const a = 1'],
    ]);
    expect(await ask(second, { hist_access_type: 'search', pattern: 'const*' })).toHaveLength(2);
    expect(await ask(second, { hist_access_type: 'search', pattern: 'const*', unique: true })).toEqual([
      [2, 2, 'const a = 1'],
    ]);
    expect(await ask(second, { hist_access_type: 'search', pattern: 'const*', n: 1 })).toEqual([
      [2, 2, 'const a = 1'],
    ]);
    expect(await ask(second, { hist_access_type: 'search', pattern: '? + ?' })).toEqual([[1, 2, 'a + 1']]);
  });
});
