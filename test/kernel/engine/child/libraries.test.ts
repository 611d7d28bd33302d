import { join } from 'node:path';
import { beforeAll, expect, it } from 'vitest';
import type { KernelClient } from '../../../../kernel/client/client.ts';
import { kernels } from '../../support/kernels.ts';

const { start } = kernels();
let client: KernelClient;

beforeAll(async () => {
  client = await start({ cwd: join(import.meta.dirname, '../../../..') });
  // vega-lite-api has no types, which is told beside its charts.
  await client.execute('%typecheck off');
});

async function bundlesOf(code: string): Promise<Record<string, unknown>[]> {
  const { outputs, error } = await client.execute(code, { timeout: 60_000 });
  expect(error).toBeUndefined();
  return outputs.map((output) => ('data' in output ? output.data : { output }));
}

/** As a result and by display. */
async function shownTwice(imports: string, value: string): Promise<Record<string, unknown>[]> {
  return [...(await bundlesOf(`${imports}\n${value}`)), ...(await bundlesOf(`void display(${value})`))];
}

it('shows the tables of arquero', async () => {
  const table = 'aq.table({ a: [1, 2, 3] }).filter((row) => row.a > 1)';
  const bundles = await shownTwice("import * as aq from 'arquero'", table);
  expect(bundles).toHaveLength(2);
  for (const bundle of bundles) {
    expect(bundle['text/plain']).toBe('a\n─\n2\n3');
    expect(bundle['text/html']).toContain('descent-table');
  }
});

it('shows charts of Observable Plot', async () => {
  const imports = `import * as Plot from '@observablehq/plot';
    import { JSDOM } from 'jsdom';
    const { document } = new JSDOM().window;`;
  const chart = 'Plot.plot({ document, marks: [Plot.lineY([3, 1, 2])] })';
  const bundles = await shownTwice(imports, chart);
  expect(bundles).toHaveLength(2);
  for (const bundle of bundles) {
    expect(bundle['text/html']).toMatch(/^<div data-descent-markup="<svg class=&quot;plot-/);
    expect(bundle['image/png']).toMatch(/^iVBORw0KGgo/);
    expect(bundle['text/plain']).toBe('[svg 640×400]');
  }
});

it('shows charts of vega-lite-api, also where a cell has declared a document', async () => {
  const chart = "vl.markBar().data([{ a: 'x', b: 2 }]).encode(vl.x().fieldN('a'), vl.y().fieldQ('b'))";
  const bundles = await shownTwice("import * as vl from 'vega-lite-api'", chart);
  expect(bundles).toHaveLength(2);
  for (const bundle of bundles) {
    expect(bundle['image/png']).toMatch(/^iVBORw0KGgo/);
    expect(bundle['application/vnd.vegalite.v5+json']).toMatchObject({ mark: { type: 'bar' } });
  }
});

it('shows elements of a document without their scripts', async () => {
  const code = `new JSDOM('<p id="a">x<script>steal()</script></p>').window.document.querySelector('#a')`;
  const bundles = await shownTwice("import { JSDOM } from 'jsdom'", code);
  expect(bundles).toEqual([1, 2].map(() => ({ 'text/html': '<p id="a">x</p>', 'text/plain': 'x' })));
});
