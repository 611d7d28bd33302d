import { beforeAll, describe, expect, it } from 'vitest';
import type { KernelClient } from '../../../../../kernel/client/client.ts';
import { kernels, plainResultOf, printed } from '../../../support/kernels.ts';

const set = kernels();
let client: KernelClient;

beforeAll(async () => {
  client = await set.start();
});

describe('%%capture', () => {
  it('keeps what its cell prints and shows', async () => {
    const code =
      '%%capture out\nconsole.log("a")\nconsole.error("b")\n!echo c; echo d >&2\ndisplay(md`x`)\nconst kept = 5\nkept + 1';
    expect((await client.execute(code, { timeout: 60_000 })).outputs).toEqual([]);
    expect(await plainResultOf(client, '[kept, out.stdout, out.stderr]')).toBe(
      "[ 5, 'a\\nc\\n', 'b\\nd\\n' ]",
    );
    expect(await plainResultOf(client, 'out.outputs.map(({ data }) => data["text/plain"])')).toBe(
      "[ 'x', '6' ]",
    );
    const { outputs: all } = await client.execute('out.show()', { timeout: 20_000 });
    expect(all).toMatchObject([
      { name: 'stdout', text: 'a\nc\n' },
      { name: 'stderr', text: 'b\nd\n' },
      { data: { 'text/markdown': 'x' } },
      { data: { 'text/plain': '6' } },
    ]);
  });

  it('shows an error, and ends with its cell', async () => {
    const { error } = await client.execute('%%capture\nconsole.log(1)\nnowhere.x', { timeout: 20_000 });
    expect(error?.traceback.join('\n')).toMatch(/cell-\d+\.ts:3:1/);
    expect((await printed(client, 'console.log(2)')).stdout).toBe('2\n');
    await expect(printed(client, '%%capture a b\n1')).rejects.toThrow(
      'UsageError: %%capture a b: expected a name',
    );
  });
});
