import { describe, expect, it } from 'vitest';
import type { Json, Message } from '../../../kernel/message/types.ts';
import { resultOf } from '../support/kernels.ts';
import { dataOf, WidgetKernel } from '../support/widgets.ts';

const kernel = new WidgetKernel();
const { execute, done, idOf, say, update, told, count } = kernel;
const states = (messages: Json[]): unknown[] => messages.map(({ method, state }) => [method, state]);

describe('a widget', () => {
  it('is announced with its state, its layout and its style before it', async () => {
    const cell = await done(`const slider = new widgets.FloatSlider({ value: 0.5, max: 1 }); slider`);
    const opened = kernel.probe.published('comm_open', cell);
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
    const [{ content }] = kernel.probe.published('execute_result', cell) as [Message];
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
    expect(await resultOf(kernel.client, 'slider.value')).toBe('1');
  });

  it('gives the front-end its value back when it is sent nonsense, and says so', async () => {
    const id = await idOf('slider');
    const from = count();
    const header = await update(id, { value: 'much', unknown: 1 });
    expect(states(told(id, from))).toEqual([
      ['echo_update', { value: 'much' }],
      ['update', { value: 1 }],
    ]);
    expect(kernel.probe.published('error', header)[0]?.content.evalue).toBe(
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
    expect(kernel.probe.published('comm_close', cell).map(({ content }) => content.comm_id)).toEqual([
      id,
      ...parts,
    ]);
    const header = await update(id, { value: 0.5 });
    await say('nobody', { method: 'request_state' });
    expect(kernel.probe.of('iopub', header).map(({ header }) => header.msg_type)).toEqual([
      'status',
      'status',
    ]);
    expect(await resultOf(kernel.client, 'slider.value')).toBe('0.3');
  });
});

describe('observers', () => {
  it('show what they print in the cell that registered them', async () => {
    const cell = await done(
      `const box = new widgets.Checkbox(); box.observe('value', ({ value }) => { console.log('now', value); if (!value) throw new Error('off'); })`,
    );
    const id = await idOf('box');
    const header = await update(id, { value: true });
    await kernel.probe.until('stream', () => kernel.probe.published('stream', cell)[0]);
    expect(kernel.probe.published('stream', cell)[0]?.content.text).toBe('now true\n');
    await update(id, { value: false });
    await kernel.probe.until('error', () => kernel.probe.published('error', cell)[0]);
    expect(kernel.probe.published('error', cell)[0]?.content.evalue).toBe('off');
    expect(kernel.probe.published('stream', header)).toEqual([]);
    expect(await resultOf(kernel.client, 'box.value')).toBe('false');
  });

  it('that are async do so as well, also after their cell was interrupted', async () => {
    const code = `const field = new widgets.Text();
      field.observe('value', async ({ value }) => { await new Promise((go) => setTimeout(go, 5)); console.log('later', value); });
      console.log('waits'); await new Promise(() => {})`;
    const cell = execute(code);
    await kernel.probe.until('stream', () => kernel.probe.published('stream', cell)[0]);
    await kernel.client.interrupt();
    await kernel.probe.idle(cell);
    await update(await idOf('field'), { value: 'x' });
    await kernel.probe.until('later', () => kernel.probe.published('stream', cell)[1]);
    expect(kernel.probe.published('stream', cell)[1]?.content.text).toBe('later x\n');
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
  await kernel.probe.until('stream', () => kernel.probe.published('stream', cell)[0]);
  expect(told(id, from)).toEqual([{ method: 'custom', content: { got: { event: 'click' }, bytes: 1 } }]);
});

it('bytes travel beside the messages, both ways', async () => {
  const cell = await done('const image = new widgets.Image({ value: new Uint8Array([1, 2, 3]) })');
  const open = kernel.probe.published('comm_open', cell).at(-1);
  expect(dataOf(open!).buffer_paths).toEqual([['value']]);
  expect(dataOf(open!).state).not.toHaveProperty('value');
  expect(open?.buffers).toEqual([Buffer.from([1, 2, 3])]);
  const id = await idOf('image');
  const from = count();
  await say(id, { method: 'update', state: {}, buffer_paths: [['value']] }, [Buffer.from([9, 8])]);
  expect(told(id, from).map(({ method }) => method)).toEqual(['echo_update']);
  expect(await resultOf(kernel.client, '[...image.value].join()')).toBe("'9,8'");
});

it('a page that is loaded again gets all states at once', async () => {
  const id = await idOf('image');
  const comms = await kernel.probe.request('shell', 'comm_info_request', { target_name: 'jupyter.widget' });
  expect(comms.content.comms).toHaveProperty(id);
  kernel.probe.send('shell', 'comm_open', {
    comm_id: 'control',
    target_name: 'jupyter.widget.control',
    data: {},
  });
  await say('control', { method: 'request_states' });
  const message = kernel.probe.published('comm_msg').find(({ content }) => content.comm_id === 'control');
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
  const opened = kernel.probe.published('comm_open', cell).map((message) => dataOf(message).state as Json);
  const box = opened.find(({ _model_name }) => _model_name === 'HBoxModel');
  expect(box?.children).toEqual([`IPY_MODEL_${one}`, `IPY_MODEL_${two}`]);
  expect(opened.at(-1)).toMatchObject({
    _model_name: 'LinkModel',
    _view_name: null,
    source: [`IPY_MODEL_${one}`, 'value'],
    target: [`IPY_MODEL_${two}`, 'value'],
  });
});

it('all are closed at once, and interact closes what it has made', async () => {
  await done(
    `const mine = new widgets.IntSlider(); const panel2 = interact((a, b) => a + b, { a: mine, b: 3 }); panel2.close()`,
  );
  const listed = async (): Promise<string[]> =>
    Object.keys(
      (await kernel.probe.request('shell', 'comm_info_request', { target_name: 'jupyter.widget' })).content
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
  const silent = await kernel.set.start({ env: { JUPYTER_WIDGETS_ECHO: '0' } });
  const other = await kernel.set.probe(silent);
  const id = (await resultOf(silent, 'const c = new widgets.Checkbox(); c.modelId')).replaceAll("'", '');
  const header = other.send('shell', 'comm_msg', {
    comm_id: id,
    data: { method: 'update', state: { value: true } },
  });
  await other.idle(header);
  expect(other.published('comm_msg')).toEqual([]);
  expect(await resultOf(silent, 'c.value')).toBe('true');
});
