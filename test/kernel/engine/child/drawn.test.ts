import { beforeAll, expect, it } from 'vitest';
import type { KernelClient } from '../../../../kernel/client/client.ts';
import { kernels } from '../../support/kernels.ts';

const SPEC = `{ data: { values: [{ a: 1 }, { a: 2 }] }, mark: 'point',
  encoding: { x: { field: 'a', type: 'quantitative' } } }`;
const { start } = kernels();
let client: KernelClient;

beforeAll(async () => {
  client = await start();
});

async function results(code: string): Promise<string[][]> {
  const { outputs } = await client.execute(code, { timeout: 30_000 });
  return outputs.map((output) => ('data' in output ? Object.keys(output.data) : [output.output_type]));
}

it('draws charts under construction and elements of a document', async () => {
  const [chart] = await results(`({ toSpec: () => (${SPEC}) })`);
  expect(chart).toContain('image/png');
  expect(await results(`({ outerHTML: '<i>x</i>' })`)).toEqual([['text/html', 'text/plain']]);
});

it('awaits a bundle that comes later', async () => {
  const later = "({ then: (done: (data: object) => void) => done({ 'text/html': '<b>x</b>' }) })";
  expect(await results(`({ [Symbol.for('Jupyter.display')]: () => ${later} })`)).toEqual([['text/html']]);
});

it('shows nothing for the handle of a display', async () => {
  expect(await results('display(html`<b>x</b>`)')).toEqual([['text/html', 'text/plain']]);
});
