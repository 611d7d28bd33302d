// A tree of plain data with typed arrays in a file of the format safetensors: the length of a JSON header, the header,
// the numbers. What is no typed array is in the header's metadata.
// https://github.com/huggingface/safetensors#format
import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeSync,
} from 'node:fs';
import { dirname, resolve } from 'node:path';
import process from 'node:process';

type Numbers = Float32Array | Float64Array | Int32Array | Uint32Array | Uint8Array | Int8Array;

const TYPES = {
  F32: Float32Array,
  F64: Float64Array,
  I32: Int32Array,
  U32: Uint32Array,
  U8: Uint8Array,
  I8: Int8Array,
} as const;

interface Entry {
  readonly dtype: keyof typeof TYPES;
  readonly shape: readonly number[];
  readonly data_offsets: readonly [begin: number, end: number];
}

/** Stands in the JSON for a typed array, or for a number that JSON has not. */
interface Mark {
  readonly $array?: string;
  readonly $number?: string;
}

const LENGTH_BYTES = 8;

const typeOf = (values: Numbers): keyof typeof TYPES => {
  const found = Object.entries(TYPES).find(([, type]) => values instanceof type);
  if (found === undefined) throw new TypeError(`fit: a checkpoint cannot keep a ${values.constructor.name}`);
  return found[0] as keyof typeof TYPES;
};

const isPlainNumber = (value: number): boolean => Number.isFinite(value) && !Object.is(value, -0);

/** The tree with marks in it, and the arrays that they stand for. */
function takeOut(tree: unknown, path: string, arrays: Map<string, [Numbers, readonly number[]]>): unknown {
  if (typeof tree === 'number' && !isPlainNumber(tree)) {
    return { $number: Object.is(tree, -0) ? '-0' : String(tree) };
  }
  if (Array.isArray(tree)) return tree.map((item, i) => takeOut(item, `${path}/${i}`, arrays));
  if (tree === null || typeof tree !== 'object') return tree;
  const { shape } = tree as { shape?: readonly number[] };
  const entries = Object.entries(tree).map(([key, item]): [string, unknown] => {
    if (!ArrayBuffer.isView(item)) return [key, takeOut(item, `${path}/${key}`, arrays)];
    const values = item as Numbers;
    // The path of an array of a tensor is that of the tensor.
    const isTensor = key === 'values' && shape !== undefined;
    let name = (isTensor ? path : `${path}/${key}`).slice(1);
    while (arrays.has(name)) name += "'";
    arrays.set(name, [values, isTensor ? shape : [values.length]]);
    return [key, { $array: name }];
  });
  return Object.fromEntries(entries);
}

/** The bytes of a tree. */
function encode(format: string, tree: unknown): Uint8Array {
  const arrays = new Map<string, [Numbers, readonly number[]]>();
  const plain = JSON.stringify(takeOut(tree, '', arrays));
  const header: Record<string, unknown> = { __metadata__: { format, state: plain } };
  let at = 0;
  for (const [name, [values, shape]] of arrays) {
    header[name] = { dtype: typeOf(values), shape, data_offsets: [at, at + values.byteLength] };
    at += values.byteLength;
  }
  const text = new TextEncoder().encode(JSON.stringify(header));
  const length = Math.ceil(text.length / LENGTH_BYTES) * LENGTH_BYTES;
  const bytes = new Uint8Array(LENGTH_BYTES + length + at).fill(0x20, LENGTH_BYTES, LENGTH_BYTES + length);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(length), true);
  bytes.set(text, LENGTH_BYTES);
  at = LENGTH_BYTES + length;
  for (const [values] of arrays.values()) {
    bytes.set(new Uint8Array(values.buffer, values.byteOffset, values.byteLength), at);
    at += values.byteLength;
  }
  return bytes;
}

/** The tree with the arrays in their places. */
function putBack(tree: unknown, arrayOf: (name: string) => Numbers): unknown {
  if (Array.isArray(tree)) return tree.map((item) => putBack(item, arrayOf));
  if (tree === null || typeof tree !== 'object') return tree;
  const { $array, $number } = tree as Mark;
  if ($array !== undefined) return arrayOf($array);
  if ($number !== undefined) return Number($number);
  return Object.fromEntries(Object.entries(tree).map(([key, item]) => [key, putBack(item, arrayOf)]));
}

/**
 * The tree of these bytes.
 *
 * @throws Error when they are no such file, or not the whole of one
 */
function decode(format: string, file: Uint8Array): unknown {
  // What reads files gives a Buffer, whose slices share its memory.
  const bytes = new Uint8Array(file.buffer, file.byteOffset, file.byteLength);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const length = bytes.length > LENGTH_BYTES ? Number(view.getBigUint64(0, true)) : Number.NaN;
  const start = LENGTH_BYTES + length;
  if (!(start <= bytes.length)) throw new Error(`it is no file of the format ${format}`);
  const header = JSON.parse(new TextDecoder().decode(bytes.subarray(LENGTH_BYTES, start))) as {
    readonly __metadata__?: { readonly format?: string; readonly state?: string };
  };
  const { __metadata__: meta, ...entries } = header;
  if (meta?.format !== format || meta.state === undefined)
    throw new Error(`it is no file of the format ${format}`);
  return putBack(JSON.parse(meta.state), (name) => {
    const { dtype, data_offsets: offsets } = (entries as Record<string, Entry>)[name]!;
    const [begin, end] = offsets.map((offset) => offset + start) as [number, number];
    if (end > bytes.length) throw new Error(`it ends after ${bytes.length} bytes, within ${name}`);
    return new TYPES[dtype](bytes.slice(begin, end).buffer);
  });
}

const reasonOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** Writes a tree whole: a file of that name is the old one until it is the new one. */
export function writeState(path: string, format: string, tree: unknown): void {
  const bytes = encode(format, tree);
  const whole = resolve(path);
  const draft = `${whole}.${process.pid}.tmp`;
  try {
    mkdirSync(dirname(whole), { recursive: true });
    const file = openSync(draft, 'w');
    try {
      for (let at = 0; at < bytes.length; ) at += writeSync(file, bytes, at);
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    renameSync(draft, whole);
  } catch (error) {
    if (existsSync(draft)) rmSync(draft);
    throw new Error(`fit: the checkpoint ${path} cannot be written: ${reasonOf(error)}`, { cause: error });
  }
}

/**
 * The tree that was written; undefined where there is no such file.
 *
 * @throws Error when it cannot be read, or is another file
 */
export function readState(path: string, format: string): unknown {
  try {
    return decode(format, readFileSync(resolve(path)));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw new Error(`fit: the checkpoint ${path} cannot be read: ${reasonOf(error)}`, { cause: error });
  }
}
