import { beforeAll, describe, expect, it } from 'vitest';
import type { KernelClient } from '../../../kernel/client/client.ts';
import type { Header, Json, Message } from '../../../kernel/message/types.ts';
import { kernels, resultOf } from '../support/kernels.ts';
import type { Probe } from '../support/probe.ts';

const set = kernels();
let client: KernelClient;
let probe: Probe;

beforeAll(async () => {
  client = await set.start();
  probe = await set.probe(client);
});

const execute = (code: string): Header => probe.send('shell', 'execute_request', { code });
const done = async (code: string): Promise<Header> => {
  const header = execute(code);
  expect((await probe.settled(header)).content.status).toBe('ok');
  return header;
};
const idOf = async (expression: string): Promise<string> =>
  (await resultOf(client, `(${expression}).modelId`)).replaceAll("'", '');
/** A message of the front-end to a widget; done when the kernel is idle again. */
const say = async (id: string, data: Json, buffers: Uint8Array[] = []): Promise<Header> => {
  const header = probe.send('shell', 'comm_msg', { comm_id: id, data }, { buffers });
  await probe.idle(header);
  return header;
};
const update = (id: string, state: Json): Promise<Header> =>
  say(id, { method: 'update', state, buffer_paths: [] });
const dataOf = ({ content }: Message): Json => content.data as Json;
/** What the kernel told the front-end about a widget since `from`, in order. */
const told = (id: string, from = 0): Json[] =>
  probe
    .published('comm_msg')
    .slice(from)
    .filter(({ content }) => content.comm_id === id)
    .map(dataOf);
const count = (): number => probe.published('comm_msg').length;
const states = (messages: Json[]): unknown[] => messages.map(({ method, state }) => [method, state]);

describe('a widget', () => {
  it('is announced with its state, its layout and its style before it', async () => {
    const cell = await done(`const slider = new widgets.FloatSlider({ value: 0.5, max: 1 }); slider`);
    const opened = probe.published('comm_open', cell);
    expect(opened.map(({ content }) => content.target_name)).toEqual(Array(3).fill('jupyter.widget'));
    expect(opened.map(({ metadata }) => metadata)).toEqual(Array(3).fill({ version: '2.1.0' }));
    const [layout, style, slider] = opened.map(({ content }) => content as { comm_id: string; data: Json });
    expect(slider?.data).toMatchObject({
      state: {
        _model_module: '@jupyter-widgets/controls',
        _model_module_version: '2.0.0',
        _model_name: 'FloatSliderModel',
        _view_name: 'FloatSliderView',
        value: 0.5,
        readout_format: '.2f',
        layout: `IPY_MODEL_${layout?.comm_id}`,
        style: `IPY_MODEL_${style?.comm_id}`,
      },
      buffer_paths: [],
    });
    const [{ content }] = probe.published('execute_result', cell) as [Message];
    expect(content.data).toEqual({
      'application/vnd.jupyter.widget-view+json': {
        version_major: 2,
        version_minor: 0,
        model_id: slider?.comm_id,
      },
      'text/html': '<div>0.5</div>',
      'text/plain': 'FloatSlider({ value: 0.5, max: 1 })',
    });
  });

  it('sends what a cell sets, once, and several traits in one message', async () => {
    const id = await idOf('slider');
    const from = count();
    await done('slider.value = 0.25; slider.value = 0.25; slider.set({ min: 0.1, max: 0.2 })');
    expect(states(told(id, from))).toEqual([
      ['update', { value: 0.25 }],
      ['update', { value: 0.2, min: 0.1, max: 0.2 }],
    ]);
    await done('slider.set({ min: 0, max: 1 })');
  });

  it('echoes what the front-end sets, and corrects it where it must', async () => {
    const id = await idOf('slider');
    const from = count();
    await update(id, { value: 0.75 });
    await update(id, { value: 7 });
    // Nothing changes here; the front-end must hear of it all the same.
    await update(id, { value: 9 });
    expect(states(told(id, from))).toEqual([
      ['echo_update', { value: 0.75 }],
      ['echo_update', { value: 7 }],
      ['update', { value: 1 }],
      ['echo_update', { value: 9 }],
      ['update', { value: 1 }],
    ]);
    expect(await resultOf(client, 'slider.value')).toBe('1');
  });

  it('gives the front-end its value back when it is sent nonsense, and says so', async () => {
    const id = await idOf('slider');
    const from = count();
    const header = await update(id, { value: 'much', unknown: 1 });
    expect(states(told(id, from))).toEqual([
      ['echo_update', { value: 'much' }],
      ['update', { value: 1 }],
    ]);
    expect(probe.published('error', header)[0]?.content.evalue).toBe(
      "FloatSlider: value is 'much'; allowed is a finite number",
    );
  });

  it('sends its whole state when asked', async () => {
    const id = await idOf('slider');
    const from = count();
    await say(id, { method: 'request_state' });
    const [message] = told(id, from);
    expect(message).toMatchObject({ method: 'update', state: { value: 1, _model_name: 'FloatSliderModel' } });
  });

  it('that is closed takes no messages any more, and that is no error', async () => {
    const id = await idOf('slider');
    const parts = [await idOf('slider.layout'), await idOf('slider.style')];
    const cell = await done('slider.close(); slider.close(); slider.value = 0.3');
    expect(probe.published('comm_close', cell).map(({ content }) => content.comm_id)).toEqual([id, ...parts]);
    const header = await update(id, { value: 0.5 });
    await say('nobody', { method: 'request_state' });
    expect(probe.of('iopub', header).map(({ header }) => header.msg_type)).toEqual(['status', 'status']);
    expect(await resultOf(client, 'slider.value')).toBe('0.3');
  });
});

describe('observers', () => {
  it('show what they print in the cell that registered them', async () => {
    const cell = await done(
      `const box = new widgets.Checkbox(); box.observe('value', ({ value }) => { console.log('now', value); if (!value) throw new Error('off'); })`,
    );
    const id = await idOf('box');
    const header = await update(id, { value: true });
    await probe.until('stream', () => probe.published('stream', cell)[0]);
    expect(probe.published('stream', cell)[0]?.content.text).toBe('now true\n');
    await update(id, { value: false });
    await probe.until('error', () => probe.published('error', cell)[0]);
    expect(probe.published('error', cell)[0]?.content.evalue).toBe('off');
    expect(probe.published('stream', header)).toEqual([]);
    expect(await resultOf(client, 'box.value')).toBe('false');
  });

  it('that are async do so as well, also after their cell was interrupted', async () => {
    const code = `const field = new widgets.Text();
      field.observe('value', async ({ value }) => { await new Promise((go) => setTimeout(go, 5)); console.log('later', value); });
      console.log('waits'); await new Promise(() => {})`;
    const cell = execute(code);
    await probe.until('stream', () => probe.published('stream', cell)[0]);
    await client.interrupt();
    await probe.idle(cell);
    await update(await idOf('field'), { value: 'x' });
    await probe.until('later', () => probe.published('stream', cell)[1]);
    expect(probe.published('stream', cell)[1]?.content.text).toBe('later x\n');
  });

  it('may set what was just heard to something else, and back', async () => {
    await done(
      `const again = new widgets.IntText(1); again.observe('value', ({ value }) => { if (value === 5) { again.value = 3; again.value = 5; } })`,
    );
    const id = await idOf('again');
    const from = count();
    const seen = update(id, { value: 5 });
    await seen;
    const last = states(told(id, from)).at(-1);
    expect(last).toEqual(['update', { value: 5 }]);
  });
});

it('a click is heard, other messages are too, and messages are sent', async () => {
  const cell = await done(
    `const button = new widgets.Button({ description: 'Run' }); button.onClick(() => console.log('clicked'));
     button.onMessage((content, buffers) => button.send({ got: content, bytes: buffers.length }, [new Uint8Array([7])]));`,
  );
  const id = await idOf('button');
  const from = count();
  await say(id, { method: 'custom', content: { event: 'click' } }, [Buffer.from([1])]);
  await probe.until('stream', () => probe.published('stream', cell)[0]);
  expect(told(id, from)).toEqual([{ method: 'custom', content: { got: { event: 'click' }, bytes: 1 } }]);
});

it('bytes travel beside the messages, both ways', async () => {
  const cell = await done('const image = new widgets.Image({ value: new Uint8Array([1, 2, 3]) })');
  const open = probe.published('comm_open', cell).at(-1);
  expect(dataOf(open!).buffer_paths).toEqual([['value']]);
  expect(dataOf(open!).state).not.toHaveProperty('value');
  expect(open?.buffers).toEqual([Buffer.from([1, 2, 3])]);
  const id = await idOf('image');
  const from = count();
  await say(id, { method: 'update', state: {}, buffer_paths: [['value']] }, [Buffer.from([9, 8])]);
  expect(told(id, from).map(({ method }) => method)).toEqual(['echo_update']);
  expect(await resultOf(client, '[...image.value].join()')).toBe("'9,8'");
});

it('a page that is loaded again gets all states at once', async () => {
  const id = await idOf('image');
  const comms = await probe.request('shell', 'comm_info_request', { target_name: 'jupyter.widget' });
  expect(comms.content.comms).toHaveProperty(id);
  probe.send('shell', 'comm_open', { comm_id: 'control', target_name: 'jupyter.widget.control', data: {} });
  await say('control', { method: 'request_states' });
  const message = probe.published('comm_msg').find(({ content }) => content.comm_id === 'control');
  const { method, states: all, buffer_paths: paths } = dataOf(message!) as Record<string, unknown>;
  expect(method).toBe('update_states');
  expect(Object.keys(all as object).sort()).toEqual(Object.keys(comms.content.comms as object).sort());
  expect(all).toMatchObject({
    [id]: {
      model_name: 'ImageModel',
      model_module: '@jupyter-widgets/controls',
      model_module_version: '2.0.0',
      state: { format: 'png' },
    },
  });
  expect(paths).toEqual([[id, 'state', 'value']]);
  expect(message?.buffers).toEqual([Buffer.from([9, 8])]);
});

it('children and links name other widgets', async () => {
  const cell = await done(
    `const [p, q] = [new widgets.IntSlider(), new widgets.IntText()]; new widgets.HBox([p, q]); const link = widgets.jslink([p, 'value'], [q, 'value'])`,
  );
  const [one, two] = [await idOf('p'), await idOf('q')];
  const opened = probe.published('comm_open', cell).map((message) => dataOf(message).state as Json);
  const box = opened.find(({ _model_name }) => _model_name === 'HBoxModel');
  expect(box?.children).toEqual([`IPY_MODEL_${one}`, `IPY_MODEL_${two}`]);
  expect(opened.at(-1)).toMatchObject({
    _model_name: 'LinkModel',
    _view_name: null,
    source: [`IPY_MODEL_${one}`, 'value'],
    target: [`IPY_MODEL_${two}`, 'value'],
  });
});

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
    await probe.until('later', () => JSON.stringify(told(id, from)).includes('later') || undefined);
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
    expect(probe.published('stream', cell).map(({ content }) => content.text)).toEqual(['outside\n']);
  });

  it('shows errors, and the cell goes on', async () => {
    const from = count();
    const cell = await done(
      `out.clear(); out.capture(() => { throw new RangeError('inside') }); await out.capture(async () => { await 0; throw new Error('async') }); out.capture(() => { Promise.reject(new Error('nobody waits')) }); console.log('on')`,
    );
    const id = await idOf('out');
    const last = await probe.until('three errors', () => {
      const latest = outputsOf(id, from).at(-1) as { ename: string; traceback: string[] }[] | undefined;
      return latest?.length === 3 ? latest : undefined;
    });
    expect(last.map(({ ename }) => ename)).toEqual(['RangeError', 'Error', 'Error']);
    expect(last[0]?.traceback.join('\n')).toContain('cell-');
    expect(probe.published('error', cell)).toEqual([]);
  });

  it('updates what it shows, and leaves the displays of others alone', async () => {
    const from = count();
    const cell = await done(
      `out.clear(); const outer = display('outer'); out.capture(() => { const inner = display('inner'); inner.update('new inner'); outer.update('new outer'); display.clear(); console.log('rest') })`,
    );
    const id = await idOf('out');
    expect(outputsOf(id, from).at(-1)).toEqual([{ output_type: 'stream', name: 'stdout', text: 'rest\n' }]);
    expect(probe.published('update_display_data', cell)[0]?.content.data).toEqual({
      'text/plain': "'new outer'",
    });
  });
});

describe('interact', () => {
  it('shows controls, and what the function gives below them', async () => {
    const cell = await done(
      `const panel = interact((n, kind) => { console.log('called'); return html\`<b>\${n} \${kind}</b>\`; }, { n: [0, 10], kind: ['a', 'b'] }); panel`,
    );
    const shown = probe.published('display_data', cell).map(({ content }) => content.data as Json);
    expect(shown).toHaveLength(1);
    expect(shown[0]?.['text/html']).toContain('<b>5 a</b>');
    expect(probe.published('execute_result', cell)).toEqual([]);
    expect(probe.published('stream', cell)).toEqual([]);
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
    await probe.until('picture', () => (mimes().at(-1)?.includes('image/png') ? true : undefined));
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
    await probe.until('the outputs', () => (outputs().length > 0 ? true : undefined));
    expect(outputs().map((all) => (all as { data: Json }[]).map(({ data }) => data['text/plain']))).toEqual([
      ['first 2', '2'],
    ]);
  });

  it('shows what its first call shows, which takes its time, where widgets are not known', async () => {
    const cell = await done(
      `interact(async (n) => { await new Promise((go) => setTimeout(go, 20)); return html\`<b>\${n}</b>\`; }, { n: 3 });`,
    );
    const [{ content }] = probe.published('update_display_data', cell) as [Message];
    expect(content.data).toMatchObject({ 'text/html': expect.stringContaining('<b>3</b>') });
    expect(probe.published('display_data', cell)[0]?.content.transient).toEqual(content.transient);
  });

  it('calls an async function for the latest value, never for a queue of them', async () => {
    await done(
      `const calls: number[] = []; const slow = interact(async (n) => { calls.push(n); await new Promise((go) => setTimeout(go, 50)); return n; }, { n: { min: 0, max: 100, value: 0 } });`,
    );
    const slider = await idOf('slow.controls.n');
    for (let n = 1; n <= 20; n++) await update(slider, { value: n });
    const output = await idOf('slow.output');
    await probe.until('the last', () =>
      told(output).some(({ state }) => JSON.stringify(state).includes('"text/plain":"20"'))
        ? true
        : undefined,
    );
    const calls = (await resultOf(client, 'calls.join()')).replaceAll("'", '').split(',').map(Number);
    expect(calls[0]).toBe(0);
    expect(calls.at(-1)).toBe(20);
    expect(calls.length).toBeLessThan(20);
  });

  it('goes on after an interrupt of its function', async () => {
    await done(
      `const stuck = interact((n) => { if (n === 1) { console.log('loops'); for (;;); } return n; }, { n: { min: 0, max: 9, value: 0 } });`,
    );
    const slider = await idOf('stuck.controls.n');
    const header = probe.send('shell', 'comm_msg', {
      comm_id: slider,
      data: { method: 'update', state: { value: 1 } },
    });
    await probe.until('busy', () => probe.published('status', header)[0]);
    await new Promise((go) => setTimeout(go, 200));
    await client.interrupt();
    await probe.idle(header);
    await new Promise((go) => setTimeout(go, 2100));
    const output = await idOf('stuck.output');
    const from = count();
    await update(slider, { value: 3 });
    expect(JSON.stringify(told(output, from).at(-1))).toContain('"text/plain":"3"');
  });
});

it('all are closed at once, and interact closes what it has made', async () => {
  await done(
    `const mine = new widgets.IntSlider(); const panel2 = interact((a, b) => a + b, { a: mine, b: 3 }); panel2.close()`,
  );
  const listed = async (): Promise<string[]> =>
    Object.keys(
      (await probe.request('shell', 'comm_info_request', { target_name: 'jupyter.widget' })).content
        .comms as object,
    );
  const [own, made] = [await idOf('mine'), await idOf('panel2.controls.b')];
  const open = await listed();
  expect(open).toContain(own);
  expect(open).not.toContain(made);
  await done('widgets.closeAll()');
  expect(await listed()).toEqual([]);
});

it('without echo when the environment says so', async () => {
  const silent = await set.start({ env: { JUPYTER_WIDGETS_ECHO: '0' } });
  const other = await set.probe(silent);
  const id = (await resultOf(silent, 'const c = new widgets.Checkbox(); c.modelId')).replaceAll("'", '');
  const header = other.send('shell', 'comm_msg', {
    comm_id: id,
    data: { method: 'update', state: { value: true } },
  });
  await other.idle(header);
  expect(other.published('comm_msg')).toEqual([]);
  expect(await resultOf(silent, 'c.value')).toBe('true');
});
