import { beforeAll, describe, expect, it } from 'vitest';
import type { KernelClient } from '../../../../../kernel/client/client.ts';
import { kernels, resultOf, streamText } from '../../../support/kernels.ts';

const set = kernels();
let client: KernelClient;

beforeAll(async () => {
  client = await set.start();
});

const outputs = async (code: string): Promise<{ stdout: string; stderr: string }> => {
  const { outputs: all, error } = await client.execute(code, { timeout: 30_000 });
  if (error) throw new Error(`${error.ename}: ${error.evalue}`);
  return { stdout: streamText(all, 'stdout'), stderr: streamText(all, 'stderr') };
};

describe('a magic that is unknown or wrongly used', () => {
  it.each([
    ['%pwdd', 'there is no magic %pwdd (did you mean %pwd?); there are %cd '],
    ['%html', '%html is a magic of whole cells: write %%html in the first line'],
    ['%%pwd', '%%pwd is a magic of one line: write %pwd'],
    ['1\n%%html\n<b>', '%%html takes the whole cell: it must be its first line'],
    ['%time', '%time needs a statement'],
  ])('%j keeps its cell from running', async (code, message) => {
    const { error, outputs: all } = await client.execute(
      `${code.startsWith('%%') ? '' : 'console.log("ran")\n'}${code}`,
      {
        timeout: 20_000,
      },
    );
    expect(error).toMatchObject({ ename: 'UsageError' });
    expect(error?.evalue).toContain(message);
    expect(error?.traceback.join('\n')).toContain('^');
    expect(all.filter(({ output_type }) => output_type === 'stream')).toEqual([]);
  });

  it('also in a large cell', async () => {
    const { error } = await client.execute(`%pwdd\n${'const a = 1;\n'.repeat(10_000)}`, { timeout: 20_000 });
    expect(error).toMatchObject({ ename: 'UsageError' });
  });
});

describe('%env', () => {
  it('gives and sets variables', async () => {
    expect((await outputs('%env DESCENT_A=1 2')).stdout).toBe('env: DESCENT_A=1 2\n');
    expect(await resultOf(client, '%env DESCENT_A')).toBe("'1 2'");
    expect((await outputs('const v = "x"\n%env DESCENT_B $v\n!echo $DESCENT_B')).stdout).toBe(
      'env: DESCENT_B=x\nx\n',
    );
    expect((await outputs('%set_env DESCENT_C = y')).stdout).toBe('env: DESCENT_C=y\n');
    expect(await resultOf(client, 'const c = %env DESCENT_C\nc + process.env.DESCENT_B')).toBe("'yx'");
    expect(await resultOf(client, 'const all = %env\ntypeof all.PATH')).toBe("'string'");
    await expect(outputs('%env DESCENT_NONE')).rejects.toThrow('the environment has no such variable');
  });
});

describe('%time', () => {
  const TIMES = /^CPU times: user \S+ \S+, sys: \S+ \S+, total: \S+ \S+\nWall time: \S+ \S+\n$/;

  it('keeps the result and the declarations', async () => {
    expect(await resultOf(client, '%time 1 + 1')).toBe('2');
    expect((await outputs('%time const t: number = 5')).stdout).toMatch(TIMES);
    expect(await resultOf(client, 't')).toBe('5');
    expect((await outputs('%time for (let i = 0; i < 3; i++) { t + i }')).stdout).toMatch(TIMES);
    expect(await resultOf(client, '%time { a: 1 }\n0')).toBe('0');
    expect(await resultOf(client, '%time await Promise.resolve(4);')).toBe('4');
    expect(await resultOf(client, 'const timed = %time 3\ntimed')).toBe('3');
    expect((await outputs('%time new Promise((go) => setTimeout(go, 60)); 0')).stdout).toMatch(TIMES);
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
