import { stripVTControlCharacters } from 'node:util';
import { beforeAll, expect, it } from 'vitest';
import type { KernelClient } from '../../../../kernel/client/client.ts';
import { kernels, resultOf } from '../../support/kernels.ts';

const { start } = kernels();
let client: KernelClient;
beforeAll(async () => {
  client = await start();
});

it('an interrupted loop leaves its variables as they were at that moment', async () => {
  await client.execute('let n = 0, half = 0; const list: number[] = []; const log: string[] = [];');
  let met = 0;
  for (let round = 0; round < 20; round += 1) {
    await client.execute('n = 0; half = 0; list.length = 0');
    const running = client.execute(
      'for (;;) { n++; if (n % 2 === 0) { half += 1; if (list.length < 1e6) list.push(n) } }',
      {
        timeout: 20_000,
      },
    );
    await new Promise((resolve) => setTimeout(resolve, 20 + round));
    await client.interrupt();
    expect((await running).error?.ename).toBe('Interrupted');
    const [n = 0, half = 0, listed = 0] = JSON.parse(
      stripVTControlCharacters(await resultOf(client, '[n, half, list.length]')),
    ) as number[];
    const seen = { round, n, half, listed };
    expect(Math.abs(n - 2 * half), JSON.stringify(seen)).toBeLessThanOrEqual(1);
    if (half <= 1e6) expect(half - listed, JSON.stringify(seen)).toBeLessThanOrEqual(1);
    // On a busy machine the interrupt may come before the loop.
    if (n > 1000) met += 1;
  }
  expect(met).toBeGreaterThan(0);
});

it('an interrupted loop that calls functions keeps what it did before', async () => {
  await client.execute(
    'let step = 0, loss = 0; const work = (x: number) => { const end = performance.now() + 30; while (performance.now() < end); return x }',
  );
  const running = client.execute(
    'for (const x of [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]) { step = x; loss = work(x) }',
    { timeout: 20_000 },
  );
  await new Promise((resolve) => setTimeout(resolve, 150));
  await client.interrupt();
  expect((await running).error?.ename).toBe('Interrupted');
  expect(await resultOf(client, 'step > 0 && step < 10 && (loss === step - 1 || loss === step)')).toBe(
    'true',
  );
});
