import { beforeAll, describe, expect, it } from 'vitest';
import type { KernelClient } from '../../../../../kernel/client/client.ts';
import { kernels, plainResultOf, printed, streamText } from '../../../support/kernels.ts';

const set = kernels();
let client: KernelClient;

beforeAll(async () => {
  client = await set.start();
});

describe('%time', () => {
  const TIMES = /^CPU times: user \S+ \S+, sys: \S+ \S+, total: \S+ \S+\nWall time: \S+ \S+\n$/;

  it('keeps the result and the declarations', async () => {
    expect(await plainResultOf(client, '%time 1 + 1')).toBe('2');
    expect((await printed(client, '%time const t: number = 5')).stdout).toMatch(TIMES);
    expect(await plainResultOf(client, 't')).toBe('5');
    expect((await printed(client, '%time for (let i = 0; i < 3; i++) { t + i }')).stdout).toMatch(TIMES);
    expect(await plainResultOf(client, '%time { a: 1 }\n0')).toBe('0');
    expect(await plainResultOf(client, '%time await Promise.resolve(4);')).toBe('4');
    expect(await plainResultOf(client, 'const timed = %time 3\ntimed')).toBe('3');
    expect((await printed(client, '%time new Promise((go) => setTimeout(go, 60)); 0')).stdout).toMatch(TIMES);
  });

  it('goes on to the last bracket', async () => {
    expect(await plainResultOf(client, '%time [\n  1,\n  2,\n].length')).toBe('2');
    expect(
      (await printed(client, '%time const far = Math.max(\n  1,\n  9,\n);\nconsole.log(far)')).stdout,
    ).toMatch(/9\n$/);
    const { error } = await client.execute('%time Math.max(\n  1,\n)\nfar.x.y', { timeout: 20_000 });
    expect(error?.traceback.join('\n')).toMatch(/cell-\d+\.ts:4:7/);
  });

  it('times a whole cell, with its error', async () => {
    const { outputs: all } = await client.execute('%%time\nconst w = 1\nw + 1', { timeout: 20_000 });
    expect(streamText(all, 'stdout')).toMatch(TIMES);
    expect(all.find(({ output_type }) => output_type === 'execute_result')).toMatchObject({
      data: { 'text/plain': '2' },
    });
    const failed = await client.execute('%%time\nconst q = 1\n\nq.r.s', { timeout: 20_000 });
    expect(failed.error?.traceback.join('\n')).toMatch(/cell-\d+\.ts:4:5/);
    expect(streamText(failed.outputs, 'stdout')).toMatch(TIMES);
  });
});
