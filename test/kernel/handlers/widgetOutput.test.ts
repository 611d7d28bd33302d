import { describe, expect, it } from 'vitest';
import type { Json } from '../../../kernel/message/types.ts';
import { WidgetKernel } from '../support/widgets.ts';

const kernel = new WidgetKernel();
const { done, idOf, told, count } = kernel;

describe('an Output', () => {
  const outputsOf = (id: string, from: number): unknown[] =>
    told(id, from).map(({ state }) => (state as Json).outputs);

  it('takes what is printed and shown inside, also later, and all at once', async () => {
    const from = count();
    const cell = await done(
      `const out = new widgets.Output();
       out.capture(() => { console.log('a'); console.log('b'); console.error('e'); display(html\`<i>x</i>\`); setTimeout(() => console.log('later'), 80); });
       console.log('outside')`,
    );
    const id = await idOf('out');
    await kernel.probe.until('later', () => JSON.stringify(told(id, from)).includes('later') || undefined);
    const all = outputsOf(id, from);
    expect(all[0]).toEqual([
      { output_type: 'stream', name: 'stdout', text: 'a\nb\n' },
      { output_type: 'stream', name: 'stderr', text: 'e\n' },
      {
        output_type: 'display_data',
        data: { 'text/html': '<i>x</i>', 'text/plain': 'x' },
        metadata: {},
      },
    ]);
    expect((all.at(-1) as unknown[]).at(-1)).toMatchObject({ text: 'later\n' });
    expect(kernel.probe.published('stream', cell).map(({ content }) => content.text)).toEqual(['outside\n']);
  });

  it('shows errors, and the cell goes on', async () => {
    const from = count();
    const cell = await done(
      `out.clear(); out.capture(() => { throw new RangeError('inside') }); await out.capture(async () => { await 0; throw new Error('async') }); out.capture(() => { Promise.reject(new Error('nobody waits')) }); console.log('on')`,
    );
    const id = await idOf('out');
    const last = await kernel.probe.until('three errors', () => {
      const latest = outputsOf(id, from).at(-1) as { ename: string; traceback: string[] }[] | undefined;
      return latest?.length === 3 ? latest : undefined;
    });
    expect(last.map(({ ename }) => ename)).toEqual(['RangeError', 'Error', 'Error']);
    expect(last[0]?.traceback.join('\n')).toContain('cell-');
    expect(kernel.probe.published('error', cell)).toEqual([]);
  });

  it('updates what it shows, and leaves the displays of others alone', async () => {
    const from = count();
    const cell = await done(
      `out.clear(); const outer = display('outer'); out.capture(() => { const inner = display('inner'); inner.update('new inner'); outer.update('new outer'); display.clear(); console.log('rest') })`,
    );
    const id = await idOf('out');
    expect(outputsOf(id, from).at(-1)).toEqual([{ output_type: 'stream', name: 'stdout', text: 'rest\n' }]);
    expect(kernel.probe.published('update_display_data', cell)[0]?.content.data).toEqual({
      'text/plain': "'new outer'",
    });
  });
});
