import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { kernels, streamText } from '../../../support/kernels.ts';

const set = kernels();

describe('%history', () => {
  it('prints what was run', async () => {
    const fresh = await set.start({ env: { DESCENT_HISTORY: join(set.folder, 'own.jsonl') } });
    const text = async (code: string): Promise<string> =>
      streamText((await fresh.execute(code)).outputs, 'stdout');
    await fresh.execute('const first = 1');
    await fresh.execute('first + 1');
    await fresh.execute('first + 1');
    expect(await text('%history 1-2')).toBe('const first = 1\nfirst + 1\n');
    expect(await text('%history -n 2 1')).toBe('2: first + 1\n1: const first = 1\n');
    expect(await text('%history -u -n 1-3')).toBe('1: const first = 1\n3: first + 1\n');
    expect(await text('%history -l 2 -n')).toBe('1/6: %history -u -n 1-3\n1/7: %history -l 2 -n\n');
    expect(await text('%history -u -g "first + "')).toBe('first + 1\n%history -u -g "first + "\n');
    expect((await fresh.execute('%history x')).error).toMatchObject({ ename: 'UsageError' });
  });
});
