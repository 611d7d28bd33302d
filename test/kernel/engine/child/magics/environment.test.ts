import { beforeAll, describe, expect, it } from 'vitest';
import type { KernelClient } from '../../../../../kernel/client/client.ts';
import { kernels, plainResultOf, printed } from '../../../support/kernels.ts';

const set = kernels();
let client: KernelClient;

beforeAll(async () => {
  client = await set.start();
});

describe('%env', () => {
  it('gives and sets variables', async () => {
    expect((await printed(client, '%env DESCENT_A=1 2')).stdout).toBe('env: DESCENT_A=1 2\n');
    expect(await plainResultOf(client, '%env DESCENT_A')).toBe("'1 2'");
    expect((await printed(client, 'const v = "x"\n%env DESCENT_B $v\n!echo $DESCENT_B')).stdout).toBe(
      'env: DESCENT_B=x\nx\n',
    );
    expect((await printed(client, '%set_env DESCENT_C = y')).stdout).toBe('env: DESCENT_C=y\n');
    expect(await plainResultOf(client, 'const c = %env DESCENT_C\nc + process.env.DESCENT_B')).toBe("'yx'");
    expect(await plainResultOf(client, 'const all = %env\ntypeof all.PATH')).toBe("'string'");
    await expect(printed(client, '%env constructor')).rejects.toThrow('the environment has no such variable');
    await expect(printed(client, '%env DESCENT_NONE')).rejects.toThrow(
      'the environment has no such variable',
    );
  });
});
