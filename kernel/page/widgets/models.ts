import { isJsonObject } from '../../notebook/json.ts';
import type { JsonObject, JsonValue } from '../../notebook/notebook.ts';

/** A widget as the notebook keeps it. */
export interface WidgetModel {
  readonly id: string;
  readonly name: string;
  /** The package that it is of, with its version. */
  readonly module: string;
  readonly state: JsonObject;
  /** The bytes of the trait `value`, in base64. */
  readonly bytes: string | undefined;
}

export type WidgetModels = ReadonlyMap<string, WidgetModel>;

const STATE = 'application/vnd.jupyter.widget-state+json';
export const VIEW = 'application/vnd.jupyter.widget-view+json';

/** The widgets whose state is saved in the notebook; what has not the shape of one is left out. */
export function widgetModels(metadata: JsonObject): WidgetModels {
  const saved = isJsonObject(metadata.widgets) ? metadata.widgets[STATE] : undefined;
  const states = isJsonObject(saved) && isJsonObject(saved.state) ? saved.state : {};
  const models = new Map<string, WidgetModel>();
  for (const [id, entry] of Object.entries(states)) {
    if (!isJsonObject(entry) || typeof entry.model_name !== 'string' || !isJsonObject(entry.state)) continue;
    const module = `${String(entry.model_module)} ${String(entry.model_module_version)}`;
    models.set(id, {
      id,
      name: entry.model_name,
      module,
      state: entry.state,
      bytes: valueBytes(entry.buffers),
    });
  }
  return models;
}

function valueBytes(buffers: JsonValue | undefined): string | undefined {
  const found = Array.isArray(buffers)
    ? buffers.find((one) => isJsonObject(one) && isValue(one.path))
    : undefined;
  if (!isJsonObject(found) || typeof found.data !== 'string') return undefined;
  return found.encoding === 'hex' ? Buffer.from(found.data, 'hex').toString('base64') : found.data;
}

function isValue(path: JsonValue | undefined): boolean {
  return Array.isArray(path) && path.length === 1 && path[0] === 'value';
}

/** The widget that an output shows, where its state is known. */
export function shownModel(models: WidgetModels, view: JsonValue | undefined): WidgetModel | undefined {
  const id = isJsonObject(view) ? view.model_id : undefined;
  return typeof id === 'string' ? models.get(id) : undefined;
}

const REFERENCE = 'IPY_MODEL_';

/** The widget that a trait names. */
export function referenced(models: WidgetModels, value: JsonValue | undefined): WidgetModel | undefined {
  if (typeof value !== 'string' || !value.startsWith(REFERENCE)) return undefined;
  return models.get(value.slice(REFERENCE.length));
}

export function text(model: WidgetModel, trait: string): string {
  const value = model.state[trait];
  return value === undefined || value === null ? '' : String(value);
}

/** The trait as a number, or what counts when a state leaves out defaults. */
export function number(model: WidgetModel, trait: string, fallback: number): number {
  const value = Number(model.state[trait] ?? Number.NaN);
  return Number.isFinite(value) ? value : fallback;
}

export function list(model: WidgetModel, trait: string): readonly JsonValue[] {
  const value = model.state[trait];
  return Array.isArray(value) ? value : [];
}
