import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { ink, looksDrawn } from '../../../frontends/helpers/ink.ts';
import { decodePng } from '../../../frontends/helpers/png.ts';

/** Runs a module with the built toolkit in a process of its own, which must end by itself. */
async function run(code: string): Promise<Record<string, string>> {
  const source = `
    import { plotly } from 'descent-kernel/display';
    const bundle = (chart) => chart[Symbol.for('Jupyter.display')]();
    const out = await (async () => { ${code} })();
    console.log(JSON.stringify(out));`;
  const args = ['--input-type=module', '-e', source];
  const { stdout } = await promisify(execFile)(process.execPath, args, { timeout: 50_000, maxBuffer: 1e8 });
  return JSON.parse(stdout) as Record<string, string>;
}
const isDrawn = (base64 = ''): boolean => looksDrawn(ink(decodePng(Buffer.from(base64, 'base64'))));

test('charts are drawn one after the other, and the process ends when its work is done', async () => {
  const { line, bar, html, text } = await run(`
    const charts = [
      plotly({ y: [1, 3, 2] }, { title: 'Loss' }),
      plotly({ type: 'scattergl', mode: 'markers', y: Float32Array.from({ length: 500 }, (_, i) => i % 7) }),
    ];
    const [line, bar] = await Promise.all(charts.map(bundle));
    return { line: line['image/png'], bar: bar['image/png'], html: line['text/html'], text: line['text/plain'] };`);
  expect([isDrawn(line), isDrawn(bar)]).toEqual([true, true]);
  expect(text).toBe('scatter chart "Loss" (3 points)');
  expect(html).toContain(`data:image/png;base64,${line}`);
});

test('what cannot be drawn without a browser is said, not left blank', async () => {
  const { surface, endless, after } = await run(`
    const surface = await bundle(plotly({ type: 'surface', z: [[1, 2], [3, 4]] }, { title: 'A surface' }));
    // A thousand million bins: the thread runs out of memory or of time.
    const bins = { start: 0, end: 1, size: 1e-9 };
    const endless = await bundle(plotly({ type: 'histogram', x: [0, 1], xbins: bins }));
    const after = await bundle(plotly({ y: [1, 3, 2] }));
    const png = (shown) => shown['image/png'];
    return { surface: png(surface), endless: png(endless), after: png(after) };`);
  const words = ink(decodePng(Buffer.from(surface ?? '', 'base64')));
  expect(words.share).toBeGreaterThan(0.005);
  expect(ink(decodePng(Buffer.from(endless ?? '', 'base64'))).share).toBeGreaterThan(0.005);
  expect(isDrawn(after)).toBe(true);
});

test('what an interrupted cell wanted is not drawn before the charts of the next', async () => {
  const { drawn, after, again } = await run(`
    const charts = Array.from({ length: 30 }, (_, i) => plotly({ y: [1, i] }));
    const all = Promise.allSettled(charts.map(bundle));
    // This is what an interrupt does.
    globalThis[Symbol.for('descent.pending')].clear();
    const after = await bundle(plotly({ y: [1, 3, 2] }));
    const drawn = (await all).filter(({ status }) => status === 'fulfilled').length;
    const again = await bundle(charts[0]);
    return { drawn: String(drawn), after: after['image/png'], again: again['image/png'] };`);
  expect(drawn).toBe('0');
  expect([isDrawn(after), isDrawn(again)]).toEqual([true, true]);
});
