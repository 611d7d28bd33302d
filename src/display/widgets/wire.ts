import { isList, readMember } from '../inspect.ts';

/** State as it travels: JSON, and binary values beside it. */
export interface Packed {
  readonly state: Record<string, unknown>;
  readonly paths: (string | number)[][];
  readonly buffers: Uint8Array[];
}

const reference = 'IPY_MODEL_';

/** How a model is named in the state of another. */
export function referenceTo(modelId: string): string {
  return `${reference}${modelId}`;
}

/** The id in a name of that kind. */
export function referencedId(json: unknown): string | undefined {
  return typeof json === 'string' && json.startsWith(reference) ? json.slice(reference.length) : undefined;
}

/** `readoutFormat` → `readout_format`. */
export function wireName(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

/** Take the binary values out of a state: they leave null in an array and nothing in an object. */
export function pack(state: Record<string, unknown>): Packed {
  const paths: (string | number)[][] = [];
  const buffers: Uint8Array[] = [];
  const take = (value: unknown, path: (string | number)[]): unknown => {
    if (value instanceof Uint8Array) {
      paths.push(path);
      buffers.push(value);
      return null;
    }
    if (isList(value)) return value.map((item, index) => take(item, [...path, index]));
    return isRecord(value) ? takeFrom(value, path) : value;
  };
  const takeFrom = (record: Record<string, unknown>, path: (string | number)[]): Record<string, unknown> => {
    const rest: Record<string, unknown> = {};
    for (const [key, value] of Object.entries(record)) {
      const kept = take(value, [...path, key]);
      if (!(value instanceof Uint8Array)) rest[key] = kept;
    }
    return rest;
  };
  return { state: takeFrom(state, []), paths, buffers };
}

/** Put binary values back where they were; paths that lead nowhere are passed over. */
export function unpack(state: Record<string, unknown>, paths: unknown, buffers: readonly Uint8Array[]): void {
  if (!isList(paths)) return;
  for (const [index, path] of paths.entries()) {
    if (!isList(path)) continue;
    const keys = path.map(String);
    const last = keys.pop();
    const holder = keys.reduce<unknown>((value, key) => readMember(value, key), state);
    const buffer = buffers[index];
    if (last === undefined || buffer === undefined || last === '__proto__') continue;
    if (isList(holder) || isRecord(holder)) (holder as Record<string, unknown>)[last] = buffer;
  }
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !isList(value) && !ArrayBuffer.isView(value);
}
