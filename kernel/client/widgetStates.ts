import type { Json, Message } from '../message/types.ts';
import { isJsonObject } from '../notebook/json.ts';
import type { JsonObject, JsonValue, Notebook } from '../notebook/notebook.ts';

const TARGET = 'jupyter.widget';
const MIME = 'application/vnd.jupyter.widget-state+json';

interface Model {
  readonly state: JsonObject;
  /** Binary values by their path, as JSON. */
  readonly buffers: Map<string, Uint8Array>;
}

function isPath(value: unknown): value is (string | number)[] {
  return Array.isArray(value) && value.every((key) => typeof key === 'string' || typeof key === 'number');
}

/** What widgets look like, from what a kernel says to a front-end about them: to be saved in the notebook. */
export class WidgetStates {
  readonly #models = new Map<string, Model>();

  /** Takes an iopub message. */
  handle({ header, content, buffers }: Message): void {
    const id = content.comm_id;
    if (typeof id !== 'string') return;
    switch (header.msg_type) {
      case 'comm_open':
        if (content.target_name !== TARGET) return;
        this.#models.set(id, { state: {}, buffers: new Map() });
        this.#merge(id, content.data, buffers);
        break;
      case 'comm_msg':
        if (isJsonObject(content.data) && isUpdate(content.data)) this.#merge(id, content.data, buffers);
        break;
      case 'comm_close':
        this.#models.delete(id);
        break;
    }
  }

  /** Puts the state of all widgets into the notebook's metadata, in place of that of an earlier run. */
  save(notebook: Notebook): void {
    const { [MIME]: _earlier, ...others } = isJsonObject(notebook.metadata.widgets)
      ? notebook.metadata.widgets
      : {};
    const states = [...this.#models].flatMap(([id, model]) => entryOf(id, model));
    const own: JsonObject =
      states.length === 0
        ? {}
        : { [MIME]: { version_major: 2, version_minor: 0, state: Object.fromEntries(states) } };
    const widgets = { ...others, ...own };
    if (Object.keys(widgets).length > 0) notebook.metadata.widgets = widgets;
    else delete notebook.metadata.widgets;
  }

  #merge(id: string, data: unknown, buffers: readonly Uint8Array[]): void {
    const model = this.#models.get(id);
    if (!model || !isJsonObject(data) || !isJsonObject(data.state)) return;
    for (const [name, value] of Object.entries(data.state)) {
      model.state[name] = value;
      for (const path of model.buffers.keys()) if (firstKey(path) === name) model.buffers.delete(path);
    }
    const paths: unknown[] = Array.isArray(data.buffer_paths) ? data.buffer_paths : [];
    for (const [index, path] of paths.entries()) {
      const buffer = buffers[index];
      if (isPath(path) && buffer) model.buffers.set(JSON.stringify(path), buffer);
    }
  }
}

function isUpdate(data: Json): boolean {
  return data.method === 'update' || data.method === 'echo_update';
}

function firstKey(path: string): JsonValue | undefined {
  return (JSON.parse(path) as JsonValue[])[0];
}

function entryOf(id: string, { state, buffers }: Model): [string, JsonObject][] {
  const { _model_name: name, _model_module: module, _model_module_version: version } = state;
  if (typeof name !== 'string' || module === undefined || version === undefined) return [];
  const entry: JsonObject = {
    model_name: name,
    model_module: module,
    model_module_version: version,
    state: saved(name, state),
  };
  if (buffers.size > 0) {
    entry.buffers = [...buffers].map(([path, bytes]) => ({
      encoding: 'base64',
      path: JSON.parse(path) as JsonValue,
      data: Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64'),
    }));
  }
  return [[id, entry]];
}

/** Null is the default of all that a layout or a style may leave open; a password is nobody's business. */
function saved(name: string, state: JsonObject): JsonObject {
  if (name === 'PasswordModel') return { ...state, value: '' };
  if (!/(?:Layout|Style)Model$/.test(name)) return state;
  return Object.fromEntries(Object.entries(state).filter(([, value]) => value !== null));
}
