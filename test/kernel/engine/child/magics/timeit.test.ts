import { beforeAll, describe, expect, it } from 'vitest';
import type { KernelClient } from '../../../../../kernel/client/client.ts';
import { kernels, plainResultOf, printed } from '../../../support/kernels.ts';

const set = kernels();
let client: KernelClient;

beforeAll(async () => {
  client = await set.start();
});

describe('%timeit', () => {
  const LINE =
    /^(?:The slowest .*\n)?\S+ (?:s|ms|µs|ns) ± \S+ (?:s|ms|µs|ns) per loop \(mean ± std\. dev\. of 3 runs, 1,000 loops each\)\n$/;

  it('prints the mean of its runs', async () => {
    expect((await printed(client, '%timeit -n 1000 -r 3 Math.sqrt(2)')).stdout).toMatch(LINE);
    expect(
      (
        await printed(
          client,
          'const list: number[] = [3, 1]\n%timeit -n1000 -r3 const s: number[] = list.slice(); s.sort();',
        )
      ).stdout,
    ).toMatch(LINE);
    expect(
      (
        await printed(
          client,
          '%%timeit -n 1000 -r 3 const m = new Map([[1, 2]])\nconst a = m.get(1)\nif (a) m.set(1, a) // end',
        )
      ).stdout,
    ).toMatch(LINE);
    expect((await printed(client, '%timeit -n 10 -r 1 0')).stdout).toContain('of 1 run, 10 loops each');
  });

  it('runs what it is given that often, and leaves nothing behind', async () => {
    expect(await plainResultOf(client, 'let runs = 0\n%timeit -q -n 10 -r 3 runs++\nruns')).toBe('30');
    expect(await plainResultOf(client, 'runs = 0\n%timeit -q -n 4 -r 2 await 0; runs += 1\nruns')).toBe('8');
    expect(await plainResultOf(client, '%%timeit -q -n 5 -r 2 let began = runs = 0\nruns += 1')).toBe(
      'undefined',
    );
    expect(await plainResultOf(client, '[runs, typeof began]')).toBe("[ 5, 'undefined' ]");
  });

  it('times commands', async () => {
    const { stdout } = await printed(client, '%%timeit -n 2 -r 2\n!echo again');
    expect(stdout).toMatch(/^(?:again\n){4}(?:The slowest .*\n)?\S+ \S+ ± .* of 2 runs, 2 loops each/);
    expect((await printed(client, '%%time\n!echo once')).stdout).toMatch(/^once\nCPU times/);
    expect((await printed(client, 'const w1 = "x"\n%time !echo $w1 \\\n  (y\n!echo z')).stderr).toContain(
      'syntax error',
    );
    expect((await printed(client, '%time !echo $w1 it \\\n  y\nconsole.log(1)')).stdout).toMatch(
      /^x it y\nCPU times[\s\S]*\n1\n$/,
    );
  });

  it('gives its result', async () => {
    const code =
      'const timed1 = %timeit -o -q -n 3 -r 4 0\n[timed1.loops, timed1.repeat, timed1.allRuns.length, timed1.best <= timed1.average]';
    expect(await plainResultOf(client, code)).toBe('[ 3, 4, 4, true ]');
  });

  it.each([
    ['%timeit -z 1', "%timeit has no option '-z'; it has -n N, -r R, -p P, -q, -o"],
    ['%timeit -n x 1', '%timeit -n x: expected a whole number from 1'],
    ['%timeit', '%timeit needs a statement'],
    ['%%timeit\n', '%%timeit needs statements below its first line'],
  ])('%j', async (code, message) => {
    await expect(printed(client, code)).rejects.toThrow(`UsageError: ${message}`);
  });

  it('shows the place of an error', async () => {
    const { error } = await client.execute('const none: any = undefined\n\n%timeit -n 1 none.a', {
      timeout: 20_000,
    });
    expect(error?.traceback.join('\n')).toMatch(/cell-\d+\.ts:3:19/);
  });
});
