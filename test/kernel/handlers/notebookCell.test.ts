import { beforeEach, expect, it } from 'vitest';
import type { KernelClient } from '../../../kernel/client/client.ts';
import type { Json } from '../../../kernel/message/types.ts';
import { kernels } from '../support/kernels.ts';

const set = kernels();
let client: KernelClient;
beforeEach(async () => {
  client = await set.start();
});

const line = "plotly({ y: [1, 2] }, { title: 'line' })";
const box = "plotly({ type: 'box', y: [1, 2] })";

/** What the outputs of a cell are, in order: a library, what one left behind, a chart, anything else. */
async function kinds(code: string, metadata: Json = {}, allowStdin = true): Promise<string[]> {
  const { outputs, error } = await client.execute(code, { timeout: 30_000, metadata, allowStdin });
  if (error) throw new Error(error.evalue);
  return outputs.map((output) => {
    const html = 'data' in output ? String(output.data['text/html']) : '';
    const library = /data-descent-library="([\w-]+)/.exec(html)?.[1];
    if (library !== undefined) return library;
    if (html.includes('data-descent-chart')) return 'chart';
    return html.startsWith('<div hidden') ? 'moved' : output.output_type;
  });
}

it('the first chart brings its library, a cell that runs again brings it along', async () => {
  expect(await kinds(line, { cellId: 'a' })).toEqual(['plotly-basic', 'chart']);
  expect(await kinds(`display(${line}); ${line}`, { cellId: 'b' })).toEqual(['chart', 'chart']);
  expect(await kinds(line, { cellId: 'a' })).toEqual(['plotly-basic', 'chart']);
  expect(await kinds(line, { cellId: 'b' })).toEqual(['plotly-basic', 'chart']);
  expect(await kinds(line, { cellId: 'c' })).toEqual(['chart']);
});

it('a cell that is deleted takes the library away, and one whose output is cleared', async () => {
  expect(await kinds(line, { cellId: 'a' })).toEqual(['plotly-basic', 'chart']);
  expect(await kinds(line, { cellId: 'b', deletedCells: ['a'] })).toEqual(['plotly-basic', 'chart']);
  expect(await kinds(`display(${line}); display.clear(); ${line}`, { cellId: 'b' })).toEqual([
    'plotly-basic',
    'chart',
  ]);
});

it('a larger library replaces a smaller one and serves both', async () => {
  await kinds(line, { cellId: 'a' });
  expect(await kinds(box, { cellId: 'b' })).toEqual(['plotly-cartesian', 'chart']);
  expect(await kinds(line, { cellId: 'c' })).toEqual(['chart']);
});

it('without a user cells run once; without cell ids the library goes with each run', async () => {
  expect(await kinds(line, {}, false)).toEqual(['plotly-basic', 'chart']);
  expect(await kinds(line, {}, false)).toEqual(['chart']);
  expect(await kinds(line)).toEqual(['plotly-basic', 'chart']);
  expect(await kinds(line)).toEqual(['plotly-basic', 'chart']);
});

it('a chart that is captured carries its library only as long as the notebook has none', async () => {
  expect(await kinds(`%%capture kept\n${line}`, { cellId: 'a' })).toEqual([]);
  expect(await kinds('kept.show()', { cellId: 'b' })).toEqual(['plotly-basic', 'chart']);
  expect(await kinds(line, { cellId: 'c' })).toEqual(['plotly-basic', 'chart']);
  expect(await kinds(`%%capture other\n${line}`, { cellId: 'd' })).toEqual([]);
  expect(await kinds('other.show()', { cellId: 'e' })).toEqual(['chart']);
});
