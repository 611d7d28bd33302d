import { readMember } from '../inspect.ts';
import { isRecord, pack } from './wire.ts';

/** What a kernel gives to the toolkit beside its outputs. */
export interface Comm {
  readonly id: string;
  readonly isOpen: boolean;
  send(data: unknown, options?: CommOptions): void;
  close(): void;
  on(event: 'msg', listener: (message: CommMessage) => void): unknown;
  on(event: 'close', listener: () => void): unknown;
}

interface CommOptions {
  metadata?: Record<string, unknown>;
  buffers?: Uint8Array[];
}

export interface CommMessage {
  readonly data: unknown;
  readonly buffers: readonly Uint8Array[];
}

interface Comms {
  open(target: string, data: unknown, options: CommOptions): Comm;
  registerTarget(name: string, target: (comm: Comm) => void): void;
}

/** A model that the front-end has, or may ask for. */
export interface Live {
  readonly modelId: string;
  close(): void;
  wireState(): Record<string, unknown>;
}

const target = 'jupyter.widget';
const controlTarget = 'jupyter.widget.control';
/** Of the messages of a widget: https://github.com/jupyter-widgets/ipywidgets/blob/main/packages/schema/messages.md */
const version = '2.1.0';

/** All models that are open: a page that is loaded again asks for their state. */
const live = new Map<string, Live>();
let served: Comms | undefined;

export function liveModel(modelId: string): Live | undefined {
  return live.get(modelId);
}

/** Close all widgets of the notebook, those of earlier runs of cells too: a page that is loaded again asks for fewer. */
export function closeAll(): void {
  for (const model of [...live.values()]) model.close();
}

/** Open a model's comm with its state; undefined where no kernel connects us to a front-end. */
export function openModel(state: Record<string, unknown>): Comm | undefined {
  const comms = readMember(readMember(globalThis, Symbol.for('descent.channel')), 'comms') as
    | Comms
    | undefined;
  if (typeof readMember(comms, 'open') !== 'function' || !comms) return undefined;
  serveStates(comms);
  const packed = pack(state);
  const data = { state: packed.state, buffer_paths: packed.paths };
  return comms.open(target, data, { metadata: { version }, buffers: packed.buffers });
}

export function enlist(model: Live): void {
  live.set(model.modelId, model);
}

export function delist(modelId: string): void {
  live.delete(modelId);
}

/** Send a message of the protocol, with a state or without. */
export function sendState(comm: Comm | undefined, method: string, state: Record<string, unknown>): void {
  if (!comm?.isOpen) return;
  const { state: rest, paths, buffers } = pack(state);
  comm.send({ method, state: rest, buffer_paths: paths }, { buffers });
}

/** The comm over which a page that is loaded again asks for all states at once. */
function serveStates(comms: Comms): void {
  if (served === comms) return;
  served = comms;
  comms.registerTarget(controlTarget, (comm) => {
    comm.on('msg', ({ data }) => {
      if (isRecord(data) && data.method === 'request_states') sendStates(comm);
    });
  });
}

function sendStates(comm: Comm): void {
  const all = [...live.values()].map((model) => {
    const state = model.wireState();
    const { _model_name: name, _model_module: module, _model_module_version: moduleVersion } = state;
    const entry = { model_name: name, model_module: module, model_module_version: moduleVersion, state };
    return [model.modelId, entry] as const;
  });
  const { state, paths, buffers } = pack(Object.fromEntries(all));
  comm.send({ method: 'update_states', states: state, buffer_paths: paths }, { buffers });
}
