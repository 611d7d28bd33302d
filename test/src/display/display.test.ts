import { build } from 'esbuild';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import {
  display,
  displaySymbol,
  draftSymbol,
  html,
  metadataSymbol,
  toBundle,
} from '../../../src/display/index.ts';

interface Sent {
  data: Record<string, unknown>;
  options: { metadata: Record<string, unknown>; displayId?: string; update?: boolean };
}
type Global = Record<symbol, unknown> & { Deno?: unknown };
const channel = Symbol.for('descent.channel');
const pending = (): Set<Promise<unknown>> =>
  ((globalThis as unknown as Global)[Symbol.for('descent.pending')] ?? new Set()) as Set<Promise<unknown>>;
let sent: (Sent | { clear: boolean })[] = [];
const texts = (): unknown[] => sent.map((one) => ('data' in one ? one.data['text/plain'] : one));

const drain = async (): Promise<void> => {
  while (pending().size > 0) await Promise.all(pending());
};
const later = (text: string, milliseconds: number): object => ({
  [displaySymbol]: () =>
    new Promise((resolve) => setTimeout(() => resolve({ 'text/plain': text }), milliseconds)),
});

beforeEach(() => {
  sent = [];
  (globalThis as unknown as Global)[channel] = {
    display: (data: Sent['data'], options: Sent['options']) => sent.push({ data, options }),
    clear: (wait: boolean) => sent.push({ clear: wait }),
  };
});

afterEach(() => {
  delete (globalThis as unknown as Global)[channel];
  vi.restoreAllMocks();
});

test('a value is shown at once under an identity of its own, and updated under it', () => {
  const handle = display({ a: 1 });
  handle.update(html`<b>2</b>`);
  handle.clear();
  expect(sent).toEqual([
    { data: { 'text/plain': '{ a: 1 }' }, options: { metadata: {}, displayId: handle.id } },
    {
      data: { 'text/html': '<b>2</b>', 'text/plain': '2' },
      options: { metadata: {}, displayId: handle.id, update: true },
    },
    { data: { 'text/plain': '' }, options: { metadata: {}, displayId: handle.id, update: true } },
  ]);
  expect(display(1).id).not.toBe(handle.id);
  expect(display(1, { id: 'mine' }).id).toBe('mine');
});

test('a handle as the last expression shows nothing more', () => {
  expect(toBundle(display(1))).toEqual({ data: {}, metadata: {} });
  display(display(1));
  expect(sent).toHaveLength(2);
});

test('a raw value is a MIME bundle, anything else is refused', () => {
  display({ 'text/latex': '$x$' }, { raw: true });
  expect(sent[0]).toMatchObject({ data: { 'text/latex': '$x$' } });
  expect(() => display({ a: 1 }, { raw: true })).toThrow(/a raw value is { a: 1 }; allowed is a MIME bundle/);
  expect(() => display('text', { raw: true })).toThrow(TypeError);
});

test('a displayable says its bundle and its metadata, an image/svg+xml becomes html and PNG', async () => {
  display({
    [displaySymbol]: () => ({ 'image/png': 'AAAA' }),
    [metadataSymbol]: () => ({ 'image/png': { width: 10 } }),
  });
  expect(sent[0]).toMatchObject({ options: { metadata: { 'image/png': { width: 10 } } } });
  const { data } = await toBundle({
    [displaySymbol]: () => ({ 'image/svg+xml': '<svg width="5" height="5"></svg>', 'text/plain': 'dot' }),
  });
  expect(Object.keys(data).sort()).toEqual(['image/png', 'text/html', 'text/plain']);
  expect(data['text/plain']).toBe('dot');
  expect(() => display({ [displaySymbol]: () => 5 })).toThrow(
    /result of \[Symbol.for\("Jupyter.display"\)\]\(\) is 5/,
  );
});

test('elements and chart builders are honoured', () => {
  display({ outerHTML: '<table></table>' });
  display({ outerHTML: '<svg width="5" height="5"></svg>' });
  display({ toSpec: () => ({ data: { values: [{ a: 1 }] }, mark: 'bar', encoding: { x: { field: 'a' } } }) });
  expect(sent.map((one) => ('data' in one ? Object.keys(one.data) : []))).toEqual([
    ['text/html', 'text/plain'],
    ['text/html', 'image/png', 'text/plain'],
    ['application/vnd.vegalite.v5+json', 'image/png', 'text/plain'],
  ]);
});

test('outputs keep the order of the calls when some come late', async () => {
  display(1);
  display(later('2', 30));
  display(later('3', 1)).update('4');
  display.clear({ wait: true });
  display(5);
  expect(texts()).toEqual(['1']);
  expect(pending().size).toBe(5);
  await drain();
  expect(texts()).toEqual(['1', '2', '3', "'4'", { clear: true }, '5']);
  display(6);
  expect(texts().at(-1)).toBe('6');
});

test('a late failure is reported and does not hold up the rest', async () => {
  const report = vi.spyOn(console, 'error').mockImplementation(() => undefined);
  display({ [displaySymbol]: () => Promise.reject(new Error('no data')) });
  display(2);
  await drain();
  expect(report).toHaveBeenCalledWith('display: no data');
  expect(texts()).toEqual(['2']);
});

test('emptying the pending set after an interrupt frees the queue', () => {
  display({ [displaySymbol]: () => new Promise(() => undefined) });
  display(1);
  pending().clear();
  display(2);
  expect(texts()).toEqual(['2']);
});

test('unusual values are shown as text', () => {
  const anything: unknown = new Proxy(() => undefined, { get: () => anything, has: () => false });
  const { proxy, revoke } = Proxy.revocable({}, {});
  revoke();
  const inspectThrows = {
    [Symbol.for('nodejs.util.inspect.custom')]: () => {
      throw new Error('no');
    },
    get outerHTML(): never {
      throw new Error('getter');
    },
  };
  const circular: Record<string, unknown> = {};
  circular.self = circular;
  for (const value of [anything, proxy, inspectThrows, circular, null, undefined, Symbol('s')])
    display(value);
  expect(sent).toHaveLength(7);
  expect(texts()).toContain('<ref *1> { self: [Circular *1] }');
  for (const text of texts()) expect(text).toBeTypeOf('string');
});

test('without a kernel the text goes to standard output', () => {
  delete (globalThis as unknown as Global)[channel];
  const write = vi.spyOn(process.stdout, 'write').mockReturnValue(true);
  const handle = display(html`<b>x</b>`);
  handle.clear();
  display.clear();
  expect(write.mock.calls).toEqual([['x\n']]);
});

test("Deno's kernel gets its messages", async () => {
  delete (globalThis as unknown as Global)[channel];
  const messages: unknown[] = [];
  const broadcast = async (...message: unknown[]): Promise<void> => void messages.push(message);
  (globalThis as unknown as Global).Deno = { jupyter: { broadcast } };
  display(1, { id: 'a' }).update(2);
  display.clear();
  delete (globalThis as unknown as Global).Deno;
  await drain();
  const content = { metadata: {}, transient: { display_id: 'a' } };
  expect(messages).toEqual([
    ['display_data', { data: { 'text/plain': '1' }, ...content }],
    ['update_display_data', { data: { 'text/plain': '2' }, ...content }],
    ['clear_output', { wait: false }],
  ]);
});

test('html and table do not load the chart libraries', async () => {
  const entry = new URL('../../../src/display/index.ts', import.meta.url).pathname;
  const options = {
    bundle: true,
    platform: 'node',
    format: 'esm',
    packages: 'external',
    write: false,
  } as const;
  const { outputFiles } = await build({ entryPoints: [entry], ...options });
  const text = outputFiles[0]?.text ?? '';
  expect(text).toContain('vega.min.js');
  expect(text).not.toMatch(/^import .*(vega|resvg)/m);
});

/** A chart whose drawing is over when `finish` is called. */
function chart(text: string): { value: object; draw: ReturnType<typeof vi.fn>; finish: () => void } {
  let finish = (): void => undefined;
  const drawn = new Promise((resolve) => {
    finish = () => resolve({ 'text/plain': text });
  });
  const draw = vi.fn(() => drawn);
  return { value: { [displaySymbol]: draw, [draftSymbol]: () => undefined }, draw, finish };
}

test('of charts that come faster than they are drawn the last is shown', async () => {
  const handle = display('begin');
  const charts = ['a', 'b', 'c', 'd'].map(chart);
  for (const { value } of charts) handle.update(value);
  for (const { finish } of charts) finish();
  await drain();
  expect(texts().slice(1)).toEqual(['a', 'd']);
  expect(charts.map(({ draw }) => draw.mock.calls.length)).toEqual([1, 0, 0, 1]);
});

test('a chart that waits does not come after what was shown later', async () => {
  const handle = display('begin');
  const charts = ['a', 'b'].map(chart);
  for (const { value } of charts) handle.update(value);
  handle.update(html`end`);
  for (const { finish } of charts) finish();
  await drain();
  expect(texts().slice(1)).toEqual(['a', 'end']);
});

test('a chart that is never drawn does not hold up those of the next cell', async () => {
  const handle = display('begin');
  const [stuck, waiting, next] = [chart('stuck'), chart('waiting'), chart('next')];
  handle.update(stuck.value);
  handle.update(waiting.value);
  // This is what an interrupt does.
  pending().clear();
  handle.update(next.value);
  next.finish();
  await drain();
  expect(texts().slice(1)).toEqual(['next']);
  expect(waiting.draw).not.toHaveBeenCalled();
});

test('a failure of an interrupted cell is not that of the next', async () => {
  const told = vi.spyOn(console, 'error').mockImplementation(() => undefined);
  let fail = (): void => undefined;
  const failing = new Promise((_resolve, reject) => {
    fail = () => reject(new Error('too late'));
  });
  display({ [displaySymbol]: () => failing });
  pending().clear();
  fail();
  await expect(failing).rejects.toThrow('too late');
  display(later('after', 1));
  await drain();
  expect(told).not.toHaveBeenCalled();
});
