/** The parts of a WebAssembly module as bytes; the numbers are those of the specification's binary format. */
type Bytes = readonly number[];

/** A number of at least 0, seven bits a byte. */
function unsigned(value: number): number[] {
  const bytes: number[] = [];
  let rest = value;
  do {
    const low = rest % 128;
    rest = Math.floor(rest / 128);
    bytes.push(rest > 0 ? low + 128 : low);
  } while (rest > 0);
  return bytes;
}

/** An integer of 32 bits, with its sign. */
function signed(value: number): number[] {
  const bytes: number[] = [];
  let rest = value;
  for (;;) {
    const low = rest & 0x7f;
    rest >>= 7;
    const done = (rest === 0 && (low & 0x40) === 0) || (rest === -1 && (low & 0x40) !== 0);
    bytes.push(done ? low : low | 0x80);
    if (done) return bytes;
  }
}

const list = (items: readonly Bytes[]): number[] => [...unsigned(items.length), ...items.flat()];

const text = (value: string): number[] => list([...Buffer.from(value)].map((byte) => [byte]));

const TYPES = { i32: 0x7f, f32: 0x7d, f64: 0x7c, v128: 0x7b } as const;
export type Type = keyof typeof TYPES;

const simd = (code: number): number[] => [0xfd, ...unsigned(code)];

/** Instructions that take nothing from the code. */
type Fixed =
  | 'block'
  | 'loop'
  | 'end'
  | 'i32Add'
  | 'i32And'
  | 'i32ShiftLeft'
  | 'i32NotBelow'
  | 'i32Below'
  | 'f64Add'
  | 'f64OfF32'
  | 'load'
  | 'store'
  | 'loadOne'
  | 'storeOne'
  | 'splat'
  | 'firstOfFloats'
  | 'above'
  | 'below'
  | 'select'
  | 'upperHalf'
  | 'shuffle'
  | 'doublesOfLower'
  | 'doublesAdd'
  | 'abs'
  | 'neg'
  | 'sqrt'
  | 'add'
  | 'sub'
  | 'mul'
  | 'div'
  | 'min'
  | 'max';

/** Instructions that take something from the code. */
interface Instructions extends Readonly<Record<Fixed, readonly number[]>> {
  branchIf(depth: number): number[];
  get(local: number): number[];
  set(local: number): number[];
  i32(value: number): number[];
  f32(value: number): number[];
  laneOfDoubles(lane: number): number[];
}

/** The instructions that are used here. */
export const op: Instructions = {
  block: [0x02, 0x40],
  loop: [0x03, 0x40],
  end: [0x0b],
  branchIf: (depth) => [0x0d, ...unsigned(depth)],
  get: (local) => [0x20, ...unsigned(local)],
  set: (local) => [0x21, ...unsigned(local)],
  i32: (value) => [0x41, ...signed(value)],
  f32: (value) => [0x43, ...new Uint8Array(new Float32Array([value]).buffer)],
  i32Add: [0x6a],
  i32And: [0x71],
  i32ShiftLeft: [0x74],
  i32NotBelow: [0x4f],
  i32Below: [0x49],
  f64Add: [0xa0],
  f64OfF32: [0xbb],
  /** 16 bytes from an address. */
  load: [...simd(0x00), 0, 0],
  store: [...simd(0x0b), 0, 0],
  /** 4 bytes from an address, with zeros behind. */
  loadOne: [...simd(0x5c), 0, 0],
  storeOne: [...simd(0x5a), 0, 0, 0],
  splat: simd(0x13),
  firstOfFloats: [...simd(0x1f), 0],
  laneOfDoubles: (lane) => [...simd(0x21), lane],
  above: simd(0x44),
  below: simd(0x43),
  /** The first where the bits of the third are 1, else the second. */
  select: simd(0x52),
  /** The two last floats of a vector, first. */
  upperHalf: [8, 9, 10, 11, 12, 13, 14, 15, 8, 9, 10, 11, 12, 13, 14, 15],
  shuffle: simd(0x0d),
  doublesOfLower: simd(0x5f),
  doublesAdd: simd(0xf0),
  abs: simd(0xe0),
  neg: simd(0xe1),
  sqrt: simd(0xe3),
  add: simd(0xe4),
  sub: simd(0xe5),
  mul: simd(0xe6),
  div: simd(0xe7),
  min: simd(0xe8),
  max: simd(0xe9),
};

/** A function of a module. */
export interface Code {
  readonly name: string;
  readonly parameters: readonly Type[];
  readonly returns: readonly Type[];
  readonly locals: readonly Type[];
  readonly body: Bytes;
}

const section = (id: number, content: Bytes): number[] => [id, ...unsigned(content.length), ...content];

const typesOf = (types: readonly Type[]): number[] => list(types.map((type) => [TYPES[type]]));

/** A module of these functions, which works in the memory `env.memory`. */
export function encodeModule(functions: readonly Code[]): Uint8Array<ArrayBuffer> {
  const signatures = functions.map(({ parameters, returns }) => [
    0x60,
    ...typesOf(parameters),
    ...typesOf(returns),
  ]);
  const memory = [...text('env'), ...text('memory'), 0x02, 0x00, 0x00];
  const names = functions.map(({ name }, i) => [...text(name), 0x00, ...unsigned(i)]);
  const bodies = functions.map(({ locals, body }) => {
    const code = [...list(locals.map((type) => [1, TYPES[type]])), ...body, ...op.end];
    return [...unsigned(code.length), ...code];
  });
  return Uint8Array.from([
    ...[0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00],
    ...section(1, list(signatures)),
    ...section(2, list([memory])),
    ...section(3, list(functions.map((_, i) => unsigned(i)))),
    ...section(7, list(names)),
    ...section(10, list(bodies)),
  ]);
}
