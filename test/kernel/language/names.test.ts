// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the code asked about has templates
import { beforeAll, describe, expect, it } from 'vitest';
import type { KernelClient } from '../../../kernel/client/client.ts';
import { completeAt, typed } from '../support/asking.ts';
import { kernels, resultOf } from '../support/kernels.ts';

const set = kernels();
let client: KernelClient;

beforeAll(async () => {
  client = await set.start();
  const cells = [
    `interface Person { name: string; age: number }
type Alias = Person & { extra: boolean };
enum Colour { Red, Green = 'g' }
namespace Geo { export interface Area { km: number } export const earth = 1; export namespace Deep { export const core = 2 } }
class Tree<T> { root!: T; static plant(): void {} }
type Fn<A, B> = (a: A) => B;
abstract class Base { abstract run(): void }
let personal = 1; let later: any; let shape = { first: 1 }; 0`,
    `let shape = { second: 'b' }; globalThis.onlyRuntime = { secret: 1 }; (0, eval)('var evaluated = { fromEval: 2 }'); 0`,
    `import type { Stats } from 'node:fs'; export interface Exported { out: 1 } 0`,
    'function broken ( {',
    `let beforeFail = { ok: 1 }; throw new Error('half way'); let afterFail = { never: 1 };`,
  ];
  for (const code of cells) await client.execute(code, { timeout: 20_000 });
  await typed(client, 'tf');
});

describe('types of earlier cells', () => {
  it.each<[string, string[], string?]>([
    ['let a: Ali‸', ['Alias'], 'Ali'],
    ['x satisfies Ali‸', ['Alias'], 'Ali'],
    ['let f: Fn<Person, Alia‸', ['Alias'], 'Alia'],
    ['let a: Colour.‸', ['Green', 'Red']],
    ['Colour.‸', ['Green', 'Red']],
    ['Colour.Green.toUpp‸', ['toUpperCase'], 'toUpp'],
    ['Geo.‸', ['earth', 'Deep']],
    ['let a: Geo.‸', ['Area']],
    ['Geo.Deep.‸', ['core']],
    ['let a: Geo.Area = { ‸', ['km']],
    ['new Tree<Person>().root.‸', ['age', 'name']],
    ['class A extends Ba‸', ['Base'], 'Ba'],
    ['type T = Person["‸"]', ['age', 'name']],
    ['type T = Person["na‸', ['name'], 'na'],
    ['let a: Partial<Person> = { ‸', ['age', 'name']],
    ['let a: Array<Person>; a[0].‸', ['age', 'name']],
    ['declare const q: Person; q.‸', ['age', 'name']],
    ['type T = typeof shape.‸', ['second']],
    ['let a: Stats; a.isF‸', ['isFIFO', 'isFile'], 'isF'],
  ])('%s', async (marked, matches, range = '') => {
    expect(await completeAt(client, marked)).toMatchObject({ matches, range });
  });

  it.each([
    ...['let a: Per‸', 'let t: Tree<Per‸', 'class A implements Per‸', 'function f(a: Per‸) {}'],
    ...['function f<T extends Per‸>() {}', 'x as Per‸', 'type T = keyof Per‸', 'type T = Per‸'],
  ])('%s: before those of the language', async (marked) => {
    const { matches, range } = await completeAt(client, marked);
    expect(matches[0]).toBe('Person');
    expect(matches).toContain('PerformanceEntry');
    expect(range).toBe('Per');
  });

  it.each([
    ['let a: Exp‸', 'Exported'],
    ['let a: Stat‸', 'Stats'],
    ['let a: str‸', 'string'],
    ['let a: unk‸', 'unknown'],
    ['let a: Rec‸', 'Record'],
  ])('%s', async (marked, name) => {
    expect((await completeAt(client, marked)).matches).toContain(name);
  });

  it.each(['let a: ‸', 'x as ‸', 'function f(a: ‸) {}'])('%s', async (marked) => {
    const { matches } = await completeAt(client, marked);
    expect(matches).toEqual(expect.arrayContaining(['Person', 'Alias', 'Colour', 'Tree', 'Fn', 'number']));
  });
});

describe('values', () => {
  it.each<[string, string[], string?]>([
    ['shape.‸', ['second']],
    ['onlyRunt‸', ['onlyRuntime'], 'onlyRunt'],
    ['onlyRuntime.sec‸', ['secret'], 'sec'],
    ['globalThis.onlyR‸', ['onlyRuntime'], 'onlyR'],
    ['evaluat‸', ['evaluated'], 'evaluat'],
    ['evaluated.fr‸', ['fromEval'], 'fr'],
    ['beforeF‸', ['beforeFail'], 'beforeF'],
    ['beforeFail.‸', ['ok']],
    ['sha‸', ['shape'], 'sha'],
    ['pers‸', ['personal'], 'pers'],
    ['per‸', ['personal', 'performance'], 'per'],
    ['let sha‸', ['shape'], 'sha'],
    ['let nobody‸', [], 'nobody'],
    ['function sha‸', ['shape'], 'sha'],
    ['const { sec‸ } = shape', ['second'], 'sec'],
    ['new Tre‸', ['Tree'], 'Tre'],
    ['functi‸', ['function'], 'functi'],
    ['retu‸', ['return'], 'retu'],
    ['awa‸', ['await'], 'awa'],
    ['sat‸', ['satisfies'], 'sat'],
    ['typ‸', ['type', 'typeof'], 'typ'],
    ['process.env.PAT‸', ['PATH'], 'PAT'],
  ])('%s', async (marked, matches, range = '') => {
    expect(await completeAt(client, marked)).toMatchObject({ matches, range });
  });

  it.each(['‸', 'f(‸', 'const z = ‸', 'if (‸', '[...‸', '`${‸', 'a ? ‸ : 1', 'return ‸', '() => ‸'])(
    '%s: names of cells first, then globals, then keywords',
    async (marked) => {
      const { matches } = await completeAt(client, marked);
      const places = ['personal', 'console', 'function'].map((name) => matches.indexOf(name));
      expect(places).not.toContain(-1);
      expect([...places].sort((a, b) => a - b)).toEqual(places);
      expect(matches.slice(0, 5)).toContain('later');
    },
  );

  it.each(['[...sha‸]', '({ ...sha‸ })', 'f(sha‸', 'a ? sha‸ : 1', 'a => sha‸', '`${sha‸}`', 'case sha‸'])(
    '%s',
    async (marked) => {
      expect(await completeAt(client, marked)).toMatchObject({ matches: ['shape'], range: 'sha' });
    },
  );
});

describe('preloaded names', () => {
  it.each<[string, string[]]>([
    ['disp‸', ['display']],
    ['htm‸', ['html']],
    ['tabl‸', ['table']],
    ['prom‸', ['prompt']],
    ['inp‸', ['input']],
    ['comm‸', ['comms']],
    ['vegaL‸', ['vegaLite']],
    ['losses.hub‸', ['huber']],
    ['comms.‸', ['get', 'open', 'registerTarget', 'unregisterTarget']],
    ['tf.tensor([1]).dataS‸', ['dataSync']],
    ['tf.tensor2d([[1]]).shap‸', ['shape']],
    ['tf.sequential().compi‸', ['compile']],
    ['const m = tf.sequential(); m.add(tf.layers.dens‸', ['dense']],
    ['optimizers.sg‸', ['sgd']],
    ['Math.sq‸', ['sqrt']],
  ])('%s', async (marked, matches) => {
    expect((await completeAt(client, marked)).matches).toEqual(matches);
  });

  it('of one name of a cell and a preloaded one, the cell counts', async () => {
    const fresh = await set.start();
    await resultOf(fresh, 'const tf = { mine: 1 }; let table = "text"; 0');
    await typed(fresh);
    expect((await completeAt(fresh, 'tf.‸')).matches).toEqual(['mine']);
    expect((await completeAt(fresh, 'table.toUpp‸')).matches).toEqual(['toUpperCase']);
    expect((await completeAt(fresh, 'const losses = { own: 1 }; losses.‸')).matches).toEqual(['own']);
  });
});
