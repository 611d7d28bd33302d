import { describe, expect, it } from 'vitest';
import type { Json, Message } from '../../../kernel/message/types.ts';
import { resultOf } from '../support/kernels.ts';
import { WidgetKernel } from '../support/widgets.ts';

const kernel = new WidgetKernel();
const { done, idOf, update, told, count } = kernel;

describe('interact', () => {
  it('shows controls, and what the function gives below them', async () => {
    const cell = await done(
      `const panel = interact((n, kind) => { console.log('called'); return html\`<b>\${n} \${kind}</b>\`; }, { n: [0, 10], kind: ['a', 'b'] }); panel`,
    );
    const shown = kernel.probe.published('display_data', cell).map(({ content }) => content.data as Json);
    expect(shown).toHaveLength(1);
    expect(shown[0]?.['text/html']).toContain('<b>5 a</b>');
    expect(kernel.probe.published('execute_result', cell)).toEqual([]);
    expect(kernel.probe.published('stream', cell)).toEqual([]);
    const output = await idOf('panel.output');
    const from = count();
    await update(await idOf('panel.controls.kind'), { index: 1 });
    expect(told(output, from).map(({ state }) => (state as Json).outputs)).toEqual([
      [
        { output_type: 'stream', name: 'stdout', text: 'called\n' },
        {
          output_type: 'display_data',
          data: { 'text/html': '<b>5 b</b>', 'text/plain': '5 b' },
          metadata: {},
        },
      ],
    ]);
  });

  it('repaints a chart without its picture while values change, and draws it when they rest', async () => {
    await done(
      `const chart = interact((n) => vegaLite({ data: { values: [{ x: n }] }, mark: 'point', encoding: { x: { field: 'x' } } }), { n: [0, 10] });`,
    );
    const output = await idOf('chart.output');
    const slider = await idOf('chart.controls.n');
    const from = count();
    for (let n = 1; n <= 5; n++) await update(slider, { value: n + (n === 5 ? 1 : 0) });
    const mimes = (): string[][] =>
      told(output, from).map(({ state }) =>
        ((state as Json).outputs as { data: object }[]).flatMap(({ data }) => Object.keys(data)),
      );
    await kernel.probe.until('picture', () => (mimes().at(-1)?.includes('image/png') ? true : undefined));
    const kinds = mimes();
    expect(kinds.slice(0, -1).flat()).not.toContain('image/png');
    expect(kinds.at(-1)).toContain('application/vnd.vegalite.v5+json');
  });

  it('shows what is displayed before what is returned, in one update', async () => {
    await done(
      `const later = interact((n) => { display({ [Symbol.for('Jupyter.display')]: async () => { await new Promise((go) => setTimeout(go, 30)); return { 'text/plain': 'first ' + n }; } }); return n; }, { n: [0, 10] });`,
    );
    const output = await idOf('later.output');
    const from = count();
    await update(await idOf('later.controls.n'), { value: 2 });
    const outputs = (): unknown[] => told(output, from).map(({ state }) => (state as Json).outputs);
    await kernel.probe.until('the outputs', () => (outputs().length > 0 ? true : undefined));
    expect(outputs().map((all) => (all as { data: Json }[]).map(({ data }) => data['text/plain']))).toEqual([
      ['first 2', '2'],
    ]);
  });

  it('shows what its first call shows, which takes its time, where widgets are not known', async () => {
    const cell = await done(
      `interact(async (n) => { await new Promise((go) => setTimeout(go, 20)); return html\`<b>\${n}</b>\`; }, { n: 3 });`,
    );
    const [{ content }] = kernel.probe.published('update_display_data', cell) as [Message];
    expect(content.data).toMatchObject({ 'text/html': expect.stringContaining('<b>3</b>') });
    expect(kernel.probe.published('display_data', cell)[0]?.content.transient).toEqual(content.transient);
  });

  it('calls an async function for the latest value, never for a queue of them', async () => {
    await done(
      `const calls: number[] = []; const slow = interact(async (n) => { calls.push(n); await new Promise((go) => setTimeout(go, 50)); return n; }, { n: { min: 0, max: 100, value: 0 } });`,
    );
    const slider = await idOf('slow.controls.n');
    for (let n = 1; n <= 20; n++) await update(slider, { value: n });
    const output = await idOf('slow.output');
    await kernel.probe.until('the last', () =>
      told(output).some(({ state }) => JSON.stringify(state).includes('"text/plain":"20"'))
        ? true
        : undefined,
    );
    const calls = (await resultOf(kernel.client, 'calls.join()')).replaceAll("'", '').split(',').map(Number);
    expect(calls[0]).toBe(0);
    expect(calls.at(-1)).toBe(20);
    expect(calls.length).toBeLessThan(20);
  });

  it('goes on after an interrupt of its function', async () => {
    await done(
      `const stuck = interact((n) => { if (n === 1) { console.log('loops'); for (;;); } return n; }, { n: { min: 0, max: 9, value: 0 } });`,
    );
    const slider = await idOf('stuck.controls.n');
    const header = kernel.probe.send('shell', 'comm_msg', {
      comm_id: slider,
      data: { method: 'update', state: { value: 1 } },
    });
    await kernel.probe.until('busy', () => kernel.probe.published('status', header)[0]);
    await new Promise((go) => setTimeout(go, 200));
    await kernel.client.interrupt();
    await kernel.probe.idle(header);
    await new Promise((go) => setTimeout(go, 2100));
    const output = await idOf('stuck.output');
    const from = count();
    await update(slider, { value: 3 });
    expect(JSON.stringify(told(output, from).at(-1))).toContain('"text/plain":"3"');
  });
});
