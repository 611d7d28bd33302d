import { beforeAll, describe, expect, it } from 'vitest';
import type { Json, Message } from '../../../kernel/message/types.ts';
import { kernels } from '../support/kernels.ts';
import type { Probe } from '../support/probe.ts';

const set = kernels();
let probe: Probe;

beforeAll(async () => {
  probe = await set.probe(await set.start());
});

async function shown(code: string): Promise<{ type: string; content: Json }[]> {
  const header = probe.send('shell', 'execute_request', { code });
  const { content } = await probe.settled(header);
  if (content.status !== 'ok') throw new Error(`${String(content.ename)}: ${String(content.evalue)}`);
  return probe
    .of('iopub', header)
    .map(({ header: { msg_type: type }, content }: Message) => ({ type, content }))
    .filter(({ type }) => !['status', 'execute_input'].includes(type));
}

const channel = `var channel = globalThis[Symbol.for('descent.channel')];`;

describe('display', () => {
  it('sends transient as an object, empty without an id', async () => {
    const [first, second] = await shown(
      `${channel} channel.display({ 'text/plain': 'a' }, { metadata: { x: 1 } });
       channel.display({ 'text/plain': 'b' }, { metadata: {}, displayId: 'id' });`,
    );
    expect(first).toEqual({
      type: 'display_data',
      content: { data: { 'text/plain': 'a' }, metadata: { x: 1 }, transient: {} },
    });
    expect(second?.content.transient).toEqual({ display_id: 'id' });
  });

  it('updates what it showed before, under the same id, from any cell', async () => {
    const [first, , ...none] = await shown('var handle = display("one"); handle.update("two");');
    expect(none).toEqual([]);
    const updates = await shown('handle.update("three")');
    expect(updates).toMatchObject([
      { type: 'update_display_data', content: { data: { 'text/plain': "'three'" }, metadata: {} } },
    ]);
    expect(updates[0]?.content.transient).toEqual(first?.content.transient);
  });

  it('shows the spec of a chart that fails, folded, before the error, and goes on', async () => {
    const spec = `{ data: [{ a: 1 }], mark: 'line', encoding: { x: { field: 'b', type: 'quantitative' } } }`;
    for (const code of [`vegaLite(${spec})`, `display(vegaLite(${spec}))`]) {
      const header = probe.send('shell', 'execute_request', { code });
      const { content } = await probe.settled(header);
      expect(content.evalue).toMatch(/encoding\.x\.field is 'b'/);
      const types = ['display_data', 'error'];
      const outputs = probe
        .of('iopub', header)
        .filter(({ header: { msg_type: type } }) => types.includes(type));
      expect(outputs.map((message) => message.header.msg_type)).toEqual(types);
      expect(outputs[0]?.content.data).toMatchObject({ 'text/html': expect.stringMatching(/^<details>/) });
    }
    expect(await shown('1 + 1')).toHaveLength(1);
  });

  it('clears the output at once or with the next one', async () => {
    const outputs = await shown(
      `${channel} channel.clear(false); channel.clear(true); display.clear({ wait: true })`,
    );
    expect(outputs.map(({ type, content }) => [type, content])).toEqual([
      ['clear_output', { wait: false }],
      ['clear_output', { wait: true }],
      ['clear_output', { wait: true }],
    ]);
  });

  it('keeps the order of prints and displays', async () => {
    const outputs = await shown(`for (let at = 0; at < 50; at++) { console.log(at); display(at) }`);
    const order = outputs.map(({ type, content }) =>
      type === 'stream' ? String(content.text).trim() : (content.data as Json)['text/plain'],
    );
    expect(order).toEqual(Array.from({ length: 50 }, (_, at) => [String(at), String(at)]).flat());
  });

  it('shows what the value says of itself, and nothing for undefined', async () => {
    const rich = `({ [Symbol.for('Jupyter.display')]: () => ({ 'text/markdown': '*x*', 'text/plain': 'x' }) })`;
    expect(await shown(rich)).toMatchObject([
      {
        type: 'execute_result',
        content: { data: { 'text/markdown': '*x*', 'text/plain': 'x' }, metadata: {} },
      },
    ]);
    expect(await shown('undefined')).toEqual([]);
    expect(await shown('null')).toMatchObject([{ content: { data: { 'text/plain': 'null' } } }]);
  });

  it.each([
    ['a getter that throws', '({ get x() { throw new Error("no") } })'],
    ['a toString that throws', '({ toString() { throw new Error("no") }, y: 1 })'],
    [
      'an inspector that throws',
      `({ [Symbol.for('nodejs.util.inspect.custom')]() { throw new Error("no") } })`,
    ],
    ['a Proxy that throws', 'new Proxy({}, new Proxy({}, { get() { throw new Error("no") } }))'],
    ['a revoked Proxy', '(() => { const p = Proxy.revocable({}, {}); p.revoke(); return p.proxy })()'],
    ['a string of 100 MB', '"x".repeat(100_000_000)'],
    ['a large array', 'new Float64Array(5_000_000)'],
    ['a cycle', 'var loop: any = {}; loop.self = loop; loop'],
  ])('shows %s in bounded length', async (_what, code) => {
    const [result] = await shown(code);
    expect(result?.type).toBe('execute_result');
    const text = String((result?.content.data as Json | undefined)?.['text/plain'] ?? '');
    expect(text.length).toBeGreaterThan(0);
    expect(text.length).toBeLessThan(250_000);
  });
});
