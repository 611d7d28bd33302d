// A program as a loop of WebAssembly over four elements at a time, and one more for what is left.
import type { Operation } from '../../core/elementwise/expression.ts';
import type { Program } from '../../core/elementwise/program.ts';
import { type Memory, webAssembly } from '../../core/webAssembly.ts';
import { type Code, encodeModule, op, type Type } from './encode.ts';

const times = (count: number, type: Type): Type[] => Array.from({ length: count }, () => type);

/** Where the values of a function are: its parameters, and behind them its locals. */
interface Places {
  readonly parameters: readonly Type[];
  readonly count: number;
  tensor(index: number): number;
  result(index: number): number;
  number(index: number): number;
  /** How many bytes of each tensor are done. */
  readonly done: number;
  /** How many there are to do in a loop. */
  readonly end: number;
  /** The register of a step. */
  register(step: number): number;
  /** The first local behind them. */
  readonly next: number;
}

function placesOf({ tensors, numbers, constants, steps }: Program, results: number): Places {
  const parameters: Type[] = [
    'i32',
    ...times(tensors.length + results, 'i32'),
    ...times(numbers.length + constants.length, 'f32'),
  ];
  const done = parameters.length;
  return {
    parameters,
    count: 0,
    tensor: (index) => 1 + index,
    result: (index) => 1 + tensors.length + index,
    number: (index) => 1 + tensors.length + results + index,
    done,
    end: done + 1,
    register: (step) => done + 2 + step,
    next: done + 2 + steps.length,
  };
}

/** The functions of a compiled program, on addresses in the memory that it was instantiated with. */
export interface CompiledProgram {
  /** Values: the addresses of the tensors, those of the results, the numbers. */
  run(count: number, ...values: number[]): void;
  /** The sum of each result, of a single one as a number. Values: the addresses of the tensors, the numbers. */
  sums(count: number, ...values: number[]): number | number[];
}

/** Operations that are one instruction. */
const DIRECT = ['add', 'sub', 'mul', 'div', 'max', 'min', 'sqrt', 'abs', 'neg'] as const;

function instructions(operation: Operation, parts: readonly number[][]): number[] {
  const zero = [...op.f32(0), ...op.splat];
  if (operation === 'ifPositive') {
    const [value, then, otherwise] = parts as [number[], number[], number[]];
    return [...then, ...otherwise, ...value, ...zero, ...op.above, ...op.select];
  }
  if (operation === 'sign') {
    const [value] = parts as [number[]];
    const one = (x: number): number[] => [...op.f32(x), ...op.splat];
    const belowOrItself = [...one(-1), ...value, ...value, ...zero, ...op.below, ...op.select];
    return [...one(1), ...belowOrItself, ...value, ...zero, ...op.above, ...op.select];
  }
  const direct = DIRECT.find((name) => name === operation);
  if (direct === undefined) throw new Error(`no instruction for ${operation}`);
  return [...parts.flat(), ...op[direct]];
}

/** What stays the same from element to element. */
const preparation = ({ steps }: Program, places: Places): number[] =>
  steps.flatMap((step, i) => {
    if (step.kind === 'number')
      return [...op.get(places.number(step.index)), ...op.splat, ...op.set(places.register(i))];
    return [];
  });

const addressOf = (pointer: number, places: Places): number[] => [
  ...op.get(pointer),
  ...op.get(places.done),
  ...op.i32Add,
];

/** The steps for the elements at hand. */
const computation = ({ steps }: Program, places: Places, load: readonly number[]): number[] =>
  steps.flatMap((step, i) => {
    const set = op.set(places.register(i));
    if (step.kind === 'tensor') return [...addressOf(places.tensor(step.index), places), ...load, ...set];
    if (step.kind !== 'operation') return [];
    const parts = step.from.map((register) => op.get(places.register(register)));
    return [...instructions(step.operation, parts), ...set];
  });

/** Does `body` for each `bytes` of the first `end` ones. */
function loop(places: Places, bytes: number, end: readonly number[], body: readonly number[]): number[] {
  const finished = [...op.get(places.done), ...op.get(places.end), ...op.i32NotBelow];
  const advance = [...op.get(places.done), ...op.i32(bytes), ...op.i32Add, ...op.set(places.done)];
  return [
    ...[...end, ...op.set(places.end)],
    ...op.block,
    ...[...finished, ...op.branchIf(0)],
    ...op.loop,
    ...[...body, ...advance],
    ...[...op.get(places.done), ...op.get(places.end), ...op.i32Below, ...op.branchIf(0)],
    ...op.end,
    ...op.end,
  ];
}

/** Both loops, with what they do with the results. */
function loops(program: Program, places: Places, four: readonly number[], one: readonly number[]): number[] {
  const bytes = [...op.get(places.count), ...op.i32(2), ...op.i32ShiftLeft];
  return [
    ...preparation(program, places),
    ...loop(
      places,
      16,
      [...bytes, ...op.i32(-16), ...op.i32And],
      [...computation(program, places, op.load), ...four],
    ),
    ...loop(places, 4, bytes, [...computation(program, places, op.loadOne), ...one]),
  ];
}

/** Writes each result to its address: run(count, …tensors, …results, …numbers). */
function runCode(program: Program): Code {
  const places = placesOf(program, program.results.length);
  const stores = (store: readonly number[]): number[] =>
    program.results.flatMap((register, i) => [
      ...addressOf(places.result(i), places),
      ...op.get(places.register(register)),
      ...store,
    ]);
  return {
    name: 'run',
    parameters: places.parameters,
    returns: [],
    locals: [...times(2, 'i32'), ...times(program.steps.length, 'v128')],
    body: loops(program, places, stores(op.store), stores(op.storeOne)),
  };
}

/** Bytes of each tensor, a power of two, whose results are added as floats: so few that little is lost. */
const SUMMED = 1024;

/** Returns the sum of each result, gathered in doubles: sums(count, …tensors, …numbers). */
function sumsCode(program: Program): Code {
  const places = placesOf(program, 0);
  const results = program.results.length;
  const floats = (i: number): number => places.next + i;
  const doubles = (i: number): number => floats(results + i);
  const rest = (i: number): number => floats(2 * results + i);
  const toDoubles = program.results.flatMap((_, i) => [
    ...op.get(doubles(i)),
    ...[...op.get(floats(i)), ...op.doublesOfLower, ...op.doublesAdd],
    ...[...op.get(floats(i)), ...op.get(floats(i))],
    ...[...op.shuffle, ...op.upperHalf, ...op.doublesOfLower, ...op.doublesAdd],
    ...op.set(doubles(i)),
    ...[...op.f32(0), ...op.splat, ...op.set(floats(i))],
  ]);
  const four = [
    ...program.results.flatMap((register, i) => [
      ...[...op.get(floats(i)), ...op.get(places.register(register)), ...op.add, ...op.set(floats(i))],
    ]),
    ...op.block,
    ...[...op.get(places.done), ...op.i32(SUMMED - 1), ...op.i32And, ...op.branchIf(0)],
    ...toDoubles,
    ...op.end,
  ];
  const one = program.results.flatMap((register, i) => [
    ...op.get(rest(i)),
    ...[...op.get(places.register(register)), ...op.firstOfFloats, ...op.f64OfF32, ...op.f64Add],
    ...op.set(rest(i)),
  ]);
  const totals = program.results.flatMap((_, i) => [
    ...[...op.get(doubles(i)), ...op.laneOfDoubles(0)],
    ...[...op.get(doubles(i)), ...op.laneOfDoubles(1), ...op.f64Add],
    ...[...op.get(rest(i)), ...op.f64Add],
  ]);
  return {
    name: 'sums',
    parameters: places.parameters,
    returns: times(results, 'f64'),
    locals: [
      ...times(2, 'i32'),
      ...times(program.steps.length, 'v128'),
      ...times(2 * results, 'v128'),
      ...times(results, 'f64'),
    ],
    body: [...loops(program, places, four, one), ...toDoubles, ...totals],
  };
}

/** A module with the functions `run` and `sums` of a program, on the memory `env.memory`. */
const compileToWasm = (program: Program): Uint8Array<ArrayBuffer> =>
  encodeModule([runCode(program), sumsCode(program)]);

/** The programs that run in a memory, each compiled when it first runs. */
export class CompiledPrograms {
  readonly #memory: Memory;
  readonly #compiled = new Map<string, CompiledProgram>();

  constructor(memory: Memory) {
    this.#memory = memory;
  }

  of(program: Program): CompiledProgram {
    const found = this.#compiled.get(program.key);
    if (found) return found;
    const { Module, Instance } = webAssembly();
    const { exports } = new Instance(new Module(compileToWasm(program)), { env: { memory: this.#memory } });
    const made = exports as CompiledProgram;
    this.#compiled.set(program.key, made);
    return made;
  }
}
