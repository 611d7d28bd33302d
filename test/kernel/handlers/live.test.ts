import { randomUUID } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import type { KernelClient } from '../../../kernel/client/client.ts';
import type { ExecuteResult } from '../../../kernel/client/execution.ts';
import { kernels, resultOf, streamText } from '../support/kernels.ts';
import { runShown, type Shown } from '../support/shown.ts';

const { folder, start } = kernels();
let client: KernelClient;

beforeAll(async () => {
  client = await start();
  await client.execute(`import { existsSync } from 'node:fs';
    const spin = (ms: number): void => { const end = performance.now() + ms; while (performance.now() < end); };`);
});

const run = (code: string, seen?: (shown: Shown) => void): Promise<[Shown[], ExecuteResult]> =>
  runShown(client, code, seen);

/** A file whose appearance ends a loop that never waits. */
function signal(): { path: string; give: () => void } {
  const path = join(folder, randomUUID());
  return { path: JSON.stringify(path), give: () => writeFileSync(path, '') };
}

describe('progress', () => {
  it('is seen while a loop never waits', async () => {
    const { path, give } = signal();
    const code = `for (const i of progress(1e9, { desc: 'busy' })) { spin(1); if (existsSync(${path})) break; }`;
    let updates = 0;
    const [shown, { error }] = await run(code, ({ type }) => {
      if (type === 'update_display_data') updates += 1;
      // The loop ends only because these were seen.
      if (updates === 3) give();
    });
    expect(error).toBeUndefined();
    expect(shown[0]).toMatchObject({ type: 'display_data', keys: ['text/html', 'text/plain'] });
    expect(new Set(shown.map(({ id }) => id)).size).toBe(1);
    expect(shown.at(-1)?.text).toMatch(/^busy: .* stopped$/);
  });

  it('is stopped by an error, an interrupt in a loop, and one in a wait', async () => {
    const [failed] = await run(`for (const i of progress(5)) { if (i === 2) throw new Error('body'); }`);
    expect(failed.at(-1)?.text).toMatch(/2\/5 .* stopped$/);
    for (const wait of ['spin(1)', 'await new Promise((resolve) => setTimeout(resolve, 1))']) {
      let isAsked = false;
      const [shown, { error }] = await run(`for (const i of progress(1e6)) ${wait};`, ({ type }) => {
        if (type === 'display_data' || isAsked) return;
        isAsked = true;
        void client.interrupt();
      });
      expect(error?.ename).toContain('Interrupt');
      expect(shown.at(-1)?.text).toMatch(/ stopped$/);
    }
    expect((await run('for (const i of progress(2));'))[0].at(-1)?.text).toMatch(/^100%/);
  });

  it('that is not over shows its state at the end of the cell', async () => {
    const [shown] = await run(
      `const bar = progress({ total: 10 }); for (let i = 0; i < 7; i++) bar.update(); bar`,
    );
    expect(shown.at(-1)?.text).toContain('7/10');
    expect(shown.every(({ type }) => type.endsWith('display_data'))).toBe(true);
  });

  it('leaves one output in the notebook', async () => {
    const [, { outputs }] = await run(
      'for (const i of progress(3)) for (const j of progress([1, 2])) spin(1);',
    );
    expect(outputs).toHaveLength(1);
  });
});

const VEGA = 'application/vnd.vegalite.v5+json';
const WHOLE = [VEGA, 'image/png', 'text/plain'];

describe('liveChart', () => {
  it('is seen while a loop never waits, and is whole when it is done', async () => {
    const { path, give } = signal();
    const code = `{ const chart = liveChart({ metrics: ['loss'] });
      for (let step = 0; !existsSync(${path}); step++) { spin(1); chart.push({ step, loss: 1 / (step + 1) }); }
      chart.done(); }`;
    let updates = 0;
    const [shown, { error, outputs }] = await run(code, ({ type }) => {
      if (type === 'update_display_data') updates += 1;
      if (updates === 3) give();
    });
    expect(error).toBeUndefined();
    expect(shown[0]?.keys).toEqual(['text/html', 'text/plain']);
    expect(shown.at(-1)?.keys).toEqual(WHOLE);
    expect(outputs).toHaveLength(1);
  });

  it('is whole at the end of a cell that forgot to say so, and of one that fails', async () => {
    const [forgotten] = await run('{ const chart = liveChart(); chart.push({ epoch: 1, loss: 1 }); }');
    expect(forgotten.at(-1)?.keys).toEqual(WHOLE);
    const [failed, { error }] = await run(
      `{ const chart = liveChart(); chart.push({ epoch: 1, loss: 1 }); throw new Error('diverged'); }`,
    );
    expect(error?.evalue).toBe('diverged');
    expect(failed.at(-1)?.keys).toEqual(WHOLE);
  });

  it.each(['spin(1)', 'await new Promise((resolve) => setTimeout(resolve, 1))'])(
    'shows its last state when it is interrupted in %s, and becomes whole behind the cell',
    async (wait) => {
      let isAsked = false;
      const code = `const chart = liveChart(); for (let step = 0; ; step++) { ${wait}; chart.push({ step, loss: 1 }); }`;
      const [shown, { error, outputs }] = await run(code, ({ type }) => {
        if (type === 'display_data' || isAsked) return;
        isAsked = true;
        void client.interrupt();
      });
      expect(error?.ename).toContain('Interrupt');
      expect(shown.at(-1)?.text).toMatch(/^step \d+\nloss 1/);
      // The next cell waits until the chart is whole.
      const whole = `while (!whole) await new Promise((resolve) => setTimeout(resolve, 10));`;
      await run(`var whole = false; setTimeout(() => { whole = true; }, 100); ${whole}`);
      expect(Object.keys((outputs[0] as { data: object }).data)).toEqual(WHOLE);
    },
  );

  it('stays in the widget that it was shown in', async () => {
    const [shown] = await run(`const out = new widgets.Output();
      out.capture(() => { liveChart().push({ loss: 1 }); for (const i of progress(3)); });`);
    expect(shown).toEqual([]);
    // What a widget shows may become whole a moment after its cell.
    const keys = (): Promise<string> =>
      resultOf(client, 'out.outputs.map(({ data }) => Object.keys(data).join()).join("|")');
    await expect.poll(keys, { timeout: 5000 }).toBe(`'${WHOLE.join()}|text/html,text/plain'`);
  });

  it('follows the training of a model', async () => {
    const [shown, { error }] = await run(`
      const model = tf.sequential({ layers: [tf.layers.dense({ units: 1, inputShape: [1] })] });
      model.compile({ optimizer: 'sgd', loss: 'meanSquaredError' });
      const [x, y] = [tf.tensor2d([[0], [1], [2], [3]]), tf.tensor2d([[1], [3], [5], [7]])];
      await model.fit(x, y, { epochs: 4, verbose: 0, validationSplit: 0.5, callbacks: liveChart().fitCallbacks() });`);
    expect(error).toBeUndefined();
    expect(shown.at(-1)?.keys).toEqual(WHOLE);
    expect(shown.at(-1)?.text).toMatch(/^epoch 4\nval_loss .*\nloss |^epoch 4\nloss .*\nval_loss /);
  });

  it('is drawn five times a second at most, however often it is pushed to', async () => {
    const [shown, { outputs }] = await run(`{ const chart = liveChart(); const began = performance.now();
      for (let step = 0; step < 10_000; step++) chart.push({ step, loss: 1 / (step + 1), valLoss: 2 / (step + 1) });
      chart.done(); console.log(performance.now() - began); }`);
    const elapsed = Number(streamText(outputs, 'stdout'));
    expect(shown.length).toBeLessThanOrEqual(3 + elapsed / 200);
    expect(shown.at(-1)?.text).toContain('step 9999');
  });
});
