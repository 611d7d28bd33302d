import { beforeAll, describe, expect, it } from 'vitest';
import type { KernelClient } from '../../../kernel/client/client.ts';
import { completeAt, typed } from '../support/asking.ts';
import { kernels, resultOf } from '../support/kernels.ts';

const set = kernels();
let client: KernelClient;

const CELL = `interface Options { mode: 'fast' | 'slow'; retries?: number; nested?: { depth: number; name?: string } }
type Size = 'small' | 'medium' | 'large';
function configure(options: Options, size?: Size): void {}
function overloaded(kind: 'one', opts: { only: number }): void;
function overloaded(kind: 'two', opts: { pair: number }): void;
function overloaded(kind: string, opts: object) {}
let size: Size = 'small'; const sizes: Record<Size, number> = { small: 1, medium: 2, large: 3 };
let event: { type: 'open'; door: string } | { type: 'close'; window: number } = JSON.parse('{"type":"open"}');
class Shape { constructor(init: { corners: number; round?: boolean }) {} }
const base = { mode: 'fast' as const }; const retries = 3; 0`;

beforeAll(async () => {
  client = await set.start();
  await resultOf(client, CELL);
  await typed(client, 'tf');
});

const KEYS = ['mode', 'nested', 'retries'];
const SIZES = ['large', 'medium', 'small'];

describe('keys of an object that is expected', () => {
  it.each<[string, string[], string?]>([
    ['configure({ mode: "fast", ‸', ['nested', 'retries']],
    ['configure({ mode: "fast", ‸ })', ['nested', 'retries']],
    ['configure({ mode: "fast", retries, ‸ })', ['nested']],
    ['configure({ mode: "fast", nested: { ‸', ['depth', 'name']],
    ['configure({ mode: "fast", nested: { depth: 1, ‸ } })', ['name']],
    ['configure({ re‸', ['retries'], 're'],
    ['configure({ ...base, ne‸ })', ['nested'], 'ne'],
    ['new Shape({ ‸', ['corners', 'round']],
    ['new Shape({ corners: 1, ‸ })', ['round']],
    ['overloaded("two", { p‸ })', ['pair'], 'p'],
    ['function g({ n‸ }: Options) {}', ['nested'], 'n'],
    ['fetch("http://x", { me‸', ['method'], 'me'],
    ['fetch("http://x", { method: "POST", hea‸ })', ['headers'], 'hea'],
    ['tf.layers.dense({ un‸', ['units'], 'un'],
    ['tf.linalg.svd([[1]], { ‸', ['computeUv', 'fullMatrices']],
    ['tf.layers.dense({ units: 1, acti‸', ['activation', 'activityRegularizer'], 'acti'],
    ['tf.layers.dense({ units: 1, activation: "re‸', ['relu', 'relu6'], 're'],
  ])('%s', async (marked, matches, range = '') => {
    expect(await completeAt(client, marked)).toMatchObject({ matches, range });
  });

  it.each([
    'configure({ ‸',
    'const o: Options = { ‸ }',
    'const f = (o: Options) => 1; f({ ‸',
    '[1].map((x): Options => ({ ‸',
    'const many: Options[] = [{ mode: "fast" }, { ‸',
    'const p = new Promise<Options>((resolve) => resolve({ ‸',
    'const o: Options = {\n  ‸\n}',
    'configure({ ‸ }, "small"); configure({ mode: "fast" })',
  ])('%s', async (marked) => {
    const { matches } = await completeAt(client, marked);
    expect([...matches].sort()).toEqual(KEYS);
  });

  it('those that the toolkit must have come first, with their documentation', async () => {
    const { matches, types } = await completeAt(client, 'tf.layers.dense({ ‸');
    expect(matches[0]).toBe('units');
    expect(types[0]).toMatchObject({
      type: 'property',
      signature: '(property) DenseLayerArgs.units: number',
    });
    expect(types[0]?.documentation).toContain('dimensionality of the output');
    expect(matches).not.toContain('console');
  });

  it('fetch', async () => {
    const { matches } = await completeAt(client, 'fetch("http://x", { ‸');
    expect(matches).toEqual(expect.arrayContaining(['body', 'headers', 'method', 'redirect', 'signal']));
    expect(matches).not.toContain('console');
  });
});

describe('strings of a union', () => {
  it.each<[string, string[], string?]>([
    ['configure({ mode: "‸', ['fast', 'slow']],
    ['configure({ mode: "‸" })', ['fast', 'slow']],
    ['configure({ mode: "fa‸', ['fast'], 'fa'],
    ["configure({ mode: '‸", ['fast', 'slow']],
    ['configure({ mode: `‸', ['fast', 'slow']],
    ['configure({ mode: "fast" }, "‸', SIZES],
    ['configure({ mode: "fast" }, "me‸")', ['medium'], 'me'],
    ['size = "‸', SIZES],
    ['size = "‸"', SIZES],
    ['if (true) {\n  size = "la‸"\n}', ['large'], 'la'],
    ['size === "‸', SIZES],
    ['if (size !== "‸") {', SIZES],
    ['switch (size) { case "‸', SIZES],
    ['switch (size) { case "small": break; case "‸" }', ['large', 'medium']],
    ['sizes["‸', SIZES],
    ['sizes["‸"]', SIZES],
    ['sizes.‸', SIZES],
    ['const s: Size = "‸"', SIZES],
    ['const s: Size[] = ["small", "‸"]', SIZES],
    ['function f(): Size { return "‸" }', SIZES],
    ['let o: Options = { mode: "‸', ['fast', 'slow']],
    ['overloaded("‸', ['one', 'two']],
    ['event.type === "‸', ['close', 'open']],
    ['type T = Options["‸"]', KEYS],
    ['let a: Pick<Options, "‸">', KEYS],
    ['const local = "x" as Size; local === "me‸"', ['medium'], 'me'],
    ['"plain ‸', []],
    ['console.log("‸")', []],
  ])('%s', async (marked, matches, range = '') => {
    expect(await completeAt(client, marked)).toMatchObject({ matches, range });
  });

  it.each([
    ['const s: Size = ‸', ['"large"', '"medium"', '"small"']],
    ['size = ‸', ['"large"', '"medium"', '"small"']],
    ['const n: 1 | 2 = ‸', ['1', '2']],
  ])('%s: literals are written as the code has them', async (marked, expected) => {
    expect((await completeAt(client, marked)).matches).toEqual(expect.arrayContaining(expected));
  });
});
