import { stripVTControlCharacters } from 'node:util';
import { beforeAll, describe, expect, it } from 'vitest';
import type { KernelClient } from '../../../../kernel/client/client.ts';
import { jpeg } from '../../../src/display/image/pictures.ts';
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

const HTML = "{ 'text/html': '<b>x</b>' }";
const DISPLAY = "[Symbol.for('Jupyter.display')]";

describe('Symbol.for("Jupyter.display")', () => {
  it.each([
    ['an object', `({ ${DISPLAY}: () => (${HTML}) })`],
    ['an async method that awaits nothing', `({ async ${DISPLAY}() { return ${HTML} } })`],
    [
      'a promise of a promise',
      `({ ${DISPLAY}: () => new Promise((go) => setTimeout(go, 5, Promise.resolve(${HTML}))) })`,
    ],
    ['an instance', `class Shown { ${DISPLAY}() { return ${HTML} } }; new Shown()`],
    ['an instance of a subclass', `class Below extends Shown {}; new Below()`],
    ['a class', `class Itself { static ${DISPLAY}() { return ${HTML} } }; Itself`],
    ['a function', `Object.assign(() => 5, { ${DISPLAY}: () => (${HTML}) })`],
    ['a getter', `({ get ${DISPLAY}() { return () => (${HTML}) } })`],
    ['an array', `Object.assign([1], { ${DISPLAY}: () => (${HTML}) })`],
    ['the value of an awaited promise', `await Promise.resolve({ ${DISPLAY}: async () => (${HTML}) })`],
    ['what an async function returns', `await (async () => ({ ${DISPLAY}: () => (${HTML}) }))()`],
    ['an object without a prototype', `Object.assign(Object.create(null), { ${DISPLAY}: () => (${HTML}) })`],
  ])('of %s is shown, as a result and by display', async (_what, code) => {
    expect(await results(code)).toEqual([['text/html']]);
    const parts = code.split('; ');
    const value = parts.pop();
    expect(await results(`${parts.map((part) => `${part};`).join('')}display(${value}); null`)).toEqual([
      ['text/html'],
      ['text/plain'],
    ]);
  });

  it.each([
    ['throws', `${DISPLAY}() { throw new RangeError('no picture') }`],
    ['rejects', `async ${DISPLAY}() { throw new RangeError('no picture') }`],
    [
      'rejects later',
      `${DISPLAY}: () => new Promise((_, no) => setTimeout(no, 5, new RangeError('no picture')))`,
    ],
  ])('that %s is the error of its cell', async (_what, method) => {
    for (const code of [`({ ${method} })`, `display({ ${method} })`, `await null; ({ ${method} })`]) {
      const { error } = await client.execute(code, { timeout: 30_000 });
      expect(error).toMatchObject({ ename: 'RangeError', evalue: 'no picture' });
    }
  });

  it('goes with the metadata of Symbol.for("Jupyter.metadata"), also where both are late', async () => {
    const metadata = "[Symbol.for('Jupyter.metadata')]() { return { 'text/html': { isolated: true } } }";
    for (const method of [`${DISPLAY}: () => (${HTML})`, `${DISPLAY}: async () => (${HTML})`]) {
      for (const code of [`({ ${method}, ${metadata} })`, `void display({ ${method}, ${metadata} })`]) {
        const { outputs } = await client.execute(code, { timeout: 30_000 });
        expect(outputs).toMatchObject([{ metadata: { 'text/html': { isolated: true } } }]);
      }
    }
  });

  it('is called once, and not for a promise that nobody awaits', async () => {
    const code = `globalThis.calls = 0; ({ ${DISPLAY}: () => (globalThis.calls += 1, ${HTML}) })`;
    await results(code);
    await results(`Promise.resolve({ ${DISPLAY}: () => (globalThis.calls += 1, ${HTML}) })`);
    expect(stripVTControlCharacters(await resultOf(client, 'globalThis.calls'))).toBe('1');
  });
});

it.each([
  [
    'a canvas',
    "({ width: 3, height: 2, toDataURL: () => 'data:image/png;base64,AAAA' })",
    ['image/png', 'text/plain'],
  ],
  [
    'a canvas that is drawn later',
    "({ toDataURL: async () => 'data:image/webp;base64,AAAA' })",
    ['image/webp', 'text/plain'],
  ],
  [
    'an element with a canvas that has no picture',
    "({ toDataURL: () => null, outerHTML: '<i></i>' })",
    ['text/html', 'text/plain'],
  ],
  [
    'the bytes of a PNG',
    'Buffer.from("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==", "base64")',
    ['image/png', 'text/plain'],
  ],
  [
    'the bytes of a JPEG',
    `Buffer.from('${jpeg.toString('base64')}', 'base64')`,
    ['image/jpeg', 'text/plain'],
  ],
  ['the first bytes of a PNG', 'Buffer.from([137, 80, 78, 71, 13, 10, 26, 10, 0])', ['text/plain']],
  ['other bytes', 'new Uint8Array([255, 216, 0])', ['text/plain']],
  [
    'a data frame',
    '({ schema: { a: 0 }, head() { return this }, toRecords: () => [{ a: 1 }] })',
    ['application/vnd.dataresource+json', 'text/html', 'text/plain'],
  ],
  ['records alone', '({ toRecords: () => [] })', ['text/plain']],
  [
    'a frame of danfojs',
    "({ columns: ['a'], values: [[1]], dtypes: ['int32'], index: [0] })",
    ['text/html', 'text/plain'],
  ],
  ['what has half of its members', "({ columns: ['a'], dtypes: ['int32'] })", ['text/plain']],
])('shows %s as Deno does', async (_what, code, types) => {
  expect(await results(code)).toEqual([types]);
  expect(await results(`void display(${code})`)).toEqual([types]);
});

it('says what there is instead of Deno.jupyter, and defines no Deno', async () => {
  const { error } = await client.execute('await Deno.jupyter.display(1)');
  expect(error).toMatchObject({ ename: 'ReferenceError', evalue: 'Deno is not defined' });
  expect(stripVTControlCharacters(error?.traceback.join('\n') ?? '')).toContain(
    'help: this kernel runs on Node.js. For Deno.jupyter there are display(value), html`…`',
  );
  expect(await resultOf(client, 'typeof Deno')).toContain('undefined');
});

describe('a list of plain objects', () => {
  it('is a table whose text is that of any other value', async () => {
    const code = "[{ run: 'a', loss: 0.5 }, { run: '<b>', loss: 0.25 }]";
    for (const shown of [code, `void display(${code})`]) {
      const { outputs } = await client.execute(shown, { timeout: 30_000 });
      const [output] = outputs;
      const data = output && 'data' in output ? output.data : {};
      expect(Object.keys(data).sort()).toEqual(['text/html', 'text/plain']);
      expect(String(data['text/html'])).toMatch(/^<div class="descent-table".*&lt;b&gt;/s);
      const text = stripVTControlCharacters(String(data['text/plain'])).replace(/\s+/g, ' ');
      expect(text).toBe("[ { run: 'a', loss: 0.5 }, { run: '<b>', loss: 0.25 } ]");
    }
    const { outputs } = await client.execute(`console.log(${code})`);
    expect(outputs).toMatchObject([{ output_type: 'stream' }]);
  });

  it.each([
    ['of deep objects', '[{ mark: {}, encoding: { x: {} } }]'],
    ['with a getter, which is not called', '[{ get a() { throw new Error("called") }, b: 1 }]'],
    ['that are Proxies', '[new Proxy({ a: 1 }, {})]'],
    ['in a Proxy', 'new Proxy([{ a: 1 }], {})'],
    ['that have little in common', '[{ a: 1 }, { b: 1 }, { c: 1 }]'],
    ['that are instances', 'class Point { x = 1 }; [new Point()]'],
    ['with a hole', '[{ a: 1 }, , { a: 2 }]'],
    ['that are empty', '[{}, {}]'],
  ])('%s is text', async (_what, code) => {
    expect(await results(code)).toEqual([['text/plain']]);
  });

  it('is bounded, and loads nothing for other values', async () => {
    const { outputs } = await client.execute('Array.from({ length: 1e6 }, (_, n) => ({ n, square: n * n }))');
    const [output] = outputs;
    const html = output && 'data' in output ? String(output.data['text/html']) : '';
    expect(html).toContain('… 999,980 more rows');
    expect(html.length).toBeLessThan(10_000);
    const other = await start();
    await other.execute('[{ mark: {}, encoding: {} }, 5]; [[1, 2]]; new Map([[1, { a: 1 }]])');
    const loaded = 'Object.keys(require.cache).filter((file) => file.includes("src/display")).length';
    expect(await resultOf(other, loaded)).toBe('0');
  });
});

describe('what TensorFlow.js and the toolkit make', () => {
  it.each([
    ['a tensor', 'tf.tensor1d([1, 2])', ['text/plain'], 'Tensor float32 [2]\n[1, 2]'],
    [
      'a disposed tensor',
      'var t = tf.zeros([2]); t.dispose(); t',
      ['text/plain'],
      'Tensor float32 [2] (disposed)',
    ],
    [
      'a tensor of another copy',
      '({ shape: [2], dtype: "int32", data() {}, dispose() {}, dataSync: () => [1, 2] })',
      ['text/plain'],
      'Tensor int32 [2]\n[1, 2]',
    ],
    [
      'a model',
      'tf.sequential({ name: "net", layers: [tf.layers.dense({ units: 2, inputShape: [3] })] })',
      ['text/html', 'text/plain'],
      "Sequential 'net'",
    ],
    ['an optimizer', 'optimizers.sgd()', ['text/html', 'text/plain'], 'sgd({ learningRate: 0.01'],
    ['a transform', 'transforms.trace()', ['text/plain'], 'trace({ decay: 0.9'],
    ['a loss', 'losses.huber', ['text/html', 'text/plain'], 'huber(yTrue, yPred, options)'],
    ['a pipeline', 'tf.data.array([1, 2])', ['text/html', 'text/plain'], 'Dataset of 2 elements'],
  ])('%s is shown as what it is', async (_what, code, types, text) => {
    const { outputs, error } = await client.execute(code, { timeout: 30_000 });
    expect(error).toBeUndefined();
    const data = outputs.flatMap((output) => ('data' in output ? [output.data] : []));
    expect(data.map((bundle) => Object.keys(bundle))).toEqual([types]);
    expect(String(data[0]?.['text/plain']).startsWith(text)).toBe(true);
  });

  it.each([['datasets.moons()'], ['({ loss: [2, 1], val_loss: [3, 2] })']])('%s is a chart', async (code) => {
    const [types] = await results(code);
    expect(types).toContain('image/png');
  });

  it('loads nothing for other values', async () => {
    const fresh = await start();
    const values = '[{}, [1], new Map(), () => 1, { shape: [1] }, { loss: 3 }, class {}, Symbol("x")]';
    for (let at = 0; at < 8; at++) await fresh.execute(`${values}[${at}]`, { timeout: 30_000 });
    const loaded = 'Object.keys(require.cache).filter((path) => /dist.src/.test(path)).length';
    expect(stripVTControlCharacters(await resultOf(fresh, loaded))).toBe('0');
    await fresh.execute('table([{ a: 1 }])', { timeout: 30_000 });
    expect(stripVTControlCharacters(await resultOf(fresh, loaded))).not.toBe('0');
  });
});
