import { expect, it } from 'vitest';
import { WidgetStates } from '../../../kernel/client/widgetStates.ts';
import { MessageFactory } from '../../../kernel/message/reply.ts';
import type { Json } from '../../../kernel/message/types.ts';
import type { Notebook } from '../../../kernel/notebook/notebook.ts';

const factory = new MessageFactory(undefined, 'test');
const MIME = 'application/vnd.jupyter.widget-state+json';
const model = (name: string, more: Json = {}): Json => ({
  _model_module: '@jupyter-widgets/controls',
  _model_module_version: '2.0.0',
  _model_name: name,
  ...more,
});

function states(): { hear(type: string, content: Json, buffers?: Uint8Array[]): void; saved(): Notebook } {
  const widgets = new WidgetStates();
  const notebook: Notebook = { nbformat: 4, nbformat_minor: 5, metadata: {}, cells: [] };
  return {
    hear: (type, content, buffers = []) => widgets.handle(factory.create(type, content, { buffers })),
    saved: () => {
      widgets.save(notebook);
      return notebook;
    },
  };
}
const open = (id: string, state: Json, paths: Json[] = []): [string, Json] => [
  'comm_open',
  { comm_id: id, target_name: 'jupyter.widget', data: { state, buffer_paths: paths } },
];
const update = (id: string, state: Json, paths: unknown[] = []): [string, Json] => [
  'comm_msg',
  { comm_id: id, data: { method: 'update', state, buffer_paths: paths } },
];

it('the latest state of each widget is kept, in the form that ipywidgets saves', () => {
  const { hear, saved } = states();
  hear(...open('a', model('IntSliderModel', { value: 1 })));
  hear(...update('a', { value: 2 }));
  hear('comm_msg', { comm_id: 'a', data: { method: 'echo_update', state: { value: 3 } } });
  hear('comm_msg', { comm_id: 'a', data: { method: 'custom', content: {} } });
  hear(...open('b', model('TextModel', {})));
  hear('comm_close', { comm_id: 'b', data: {} });
  hear('comm_open', { comm_id: 'c', target_name: 'other', data: { state: model('X') } });
  hear(...update('c', { x: 1 }));
  expect(saved().metadata.widgets).toEqual({
    [MIME]: {
      version_major: 2,
      version_minor: 0,
      state: {
        a: {
          model_name: 'IntSliderModel',
          model_module: '@jupyter-widgets/controls',
          model_module_version: '2.0.0',
          state: model('IntSliderModel', { value: 3 }),
        },
      },
    },
  });
});

it('bytes are kept in base64, and replaced by those that come later', () => {
  const { hear, saved } = states();
  const [type, content] = open('i', model('ImageModel'));
  Object.assign(content.data as Json, { buffer_paths: [['value']] });
  hear(type, content, [new Uint8Array([1, 2])]);
  hear(...update('i', {}, [['value']]), [new Uint8Array([3])]);
  const widgets = saved().metadata.widgets as Json;
  expect(((widgets[MIME] as Json).state as Json).i).toMatchObject({
    buffers: [{ encoding: 'base64', path: ['value'], data: 'Aw==' }],
  });
});

it('what a layout leaves open is left out, and so is what was typed as a password', () => {
  const { hear, saved } = states();
  hear(...open('l', model('LayoutModel', { width: '5em', height: null })));
  hear(...open('p', model('PasswordModel', { value: 'secret', tooltip: null })));
  const text = JSON.stringify(saved().metadata);
  expect(text).toContain('"width":"5em"');
  expect(text).toContain('"tooltip":null');
  expect(text).not.toContain('height');
  expect(text).not.toContain('secret');
});

it('the state of an earlier run goes, and what others keep stays', () => {
  const { saved } = states();
  const notebook = saved();
  notebook.metadata.widgets = { [MIME]: { state: {} }, 'application/x-other': { a: 1 } };
  expect(saved().metadata.widgets).toEqual({ 'application/x-other': { a: 1 } });
  notebook.metadata.widgets = { [MIME]: { state: {} } };
  expect(saved().metadata).toEqual({});
});
