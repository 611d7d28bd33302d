import { stripVTControlCharacters } from 'node:util';
import { beforeAll, expect, it } from 'vitest';
import type { KernelClient } from '../../../../kernel/client/client.ts';
import { kernels, resultOf } from '../../support/kernels.ts';

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

it.each([
  ['new Proxy({}, { get: () => () => 5 })', '{}'],
  ['new Proxy({}, { get: () => () => 5, has: () => true })', '{}'],
  ['({ toSpec: () => 5 })', '{ toSpec: [Function: toSpec] }'],
  ["({ n: 1, [Symbol.for('Jupyter.display')]: async () => 'text' })", '{ n: 1,'],
])('%s is shown as text', async (code, expected) => {
  const shown = stripVTControlCharacters(await resultOf(client, code)).replace(/\s+/g, ' ');
  expect(shown.startsWith(expected)).toBe(true);
});
