import { beforeAll, describe, expect, it } from 'vitest';
import type { KernelClient } from '../../../kernel/client/client.ts';
import type { Message } from '../../../kernel/message/types.ts';
import type { Output } from '../../../kernel/notebook/notebook.ts';
import { typed } from '../support/asking.ts';
import { kernels, resultOf } from '../support/kernels.ts';
import { PROJECT, writeFiles } from '../support/packages.ts';
import { warningsOf } from '../support/warnings.ts';

const set = kernels();
let client: KernelClient;

beforeAll(async () => {
  writeFiles(set.folder, PROJECT);
  client = await set.start();
  await resultOf(
    client,
    'interface P { x: number } let p: P = { x: 1 }; function f(a: number): number { return a } let n = 1; 0',
  );
  await typed(client, 'tf');
});

const TEXT = "Type 'string' is not assignable to type 'number'. TS2322";
const ARGUMENT = "Argument of type 'string' is not assignable to parameter of type 'number'. TS2345";

describe('warnings', () => {
  it.each<[string, ...string[]]>([
    ['let a1: number = "text"', `1:5 ${TEXT}`],
    ['let a2 = 1\n\n  n = "text"', `3:3 ${TEXT}`],
    ['"😀"; let a3: number = "😀"', `1:11 ${TEXT}`],
    ['let a4: number = 1;\r\nlet a5: number = "a"', `2:5 ${TEXT}`],
    ['const o: { a: { b: { c: number } } } = { a: { b: { c: "x" } } }', `1:52 ${TEXT}`],
    ['f("a")', `1:3 ${ARGUMENT}`],
    ['f.call(null, "a")', `1:14 ${ARGUMENT}`],
    ['f(1, 2)', '1:6 Expected 1 arguments, but got 2. TS2554'],
    ['f()', '1:1 Expected 1 arguments, but got 0. TS2554'],
    ['p.z', "1:3 Property 'z' does not exist on type 'P'. TS2339"],
    [
      'const q: P = {\n  x: 1,\n  y: 2 }',
      "3:3 Object literal may only specify known properties, and 'y' does not exist in type 'P'. TS2353",
    ],
    ['[1, 2].map((m) => m.length)', "1:21 Property 'length' does not exist on type 'number'. TS2339"],
    ['function g(): string { return n }', "1:24 Type 'number' is not assignable to type 'string'. TS2322"],
    ['type T = Missing', "1:10 Cannot find name 'Missing'. TS2304"],
    ['if (false) nowhere', "1:12 Cannot find name 'nowhere'. TS2304"],
    ['const a6 = () => nowhere2', "1:18 Cannot find name 'nowhere2'. TS2304"],
    ['let a7: Array<number, string> = []', "1:9 Generic type 'Array<T>' requires 1 type argument(s). TS2314"],
    [
      'const k = { a: 1, a: 2 }',
      '1:19 An object literal cannot have multiple properties with the same name. TS1117',
    ],
    ['class B implements P {}', "1:7 Class 'B' incorrectly implements interface 'P'. TS2420"],
    ['enum E { A }\nE.B', "2:3 Property 'B' does not exist on type 'typeof E'. TS2339"],
    [
      'switch ("a" as "a" | "b") { case "c": }',
      `1:34 Type '"c"' is not comparable to type '"a" | "b"'. TS2678`,
    ],
    ['const a8: number = 10n', "1:7 Type 'bigint' is not assignable to type 'number'. TS2322"],
    [
      'abstract class Q {}\ntry { new Q() } catch {}',
      '2:7 Cannot create an instance of an abstract class. TS2511',
    ],
    [
      'const r: readonly number[] = []; try { r.push(1) } catch {}',
      "1:42 Property 'push' does not exist on type 'readonly number[]'. TS2339",
    ],
    ['tf.tensor(1).nope', "1:14 Property 'nope' does not exist on type 'Tensor<Rank>'. TS2339"],
    ['import { packed } from "typed-pack"\npacked("a")', `2:8 ${ARGUMENT}`],
    ['import { help } from "./helpers.ts"\nhelp("a")', `2:6 ${ARGUMENT}`],
    [
      'import rows from "./data.json"\nrows.nope',
      "2:6 Property 'nope' does not exist on type '{ rows: number[]; title: string; }'. TS2339",
    ],
    ['let l1: number = "a"; let l2: number = "b"', `1:5 ${TEXT}`, `1:27 ${TEXT}`],
    [
      '[1, 2, 3, 4, 5, 6, 7].forEach;\nn = "1"\nn = "2"\nn = "3"\nn = "4"\nn = "5"\nn = "6"\nn = "7"\nn = 1',
      ...[2, 3, 4, 5, 6].map((line) => `${line}:1 ${TEXT}`),
      'and 2 more',
    ],
    ['%%time\nlet a9: number = "a"', `2:5 ${TEXT}`],
  ])('%j', async (cell, ...expected) => {
    const { warnings, errors } = await warningsOf(client, [cell]);
    expect(warnings).toEqual([expected]);
    expect(errors).toEqual([]);
  });

  it.each<[string, ...string[]]>([
    // What the error says is not said again.
    ['p.toFixed()'],
    ['nowhere3 + 1'],
    ['const text = "abc"; text.toFixed()'],
    ['console.lg(1)'],
    ['import { huberr } from "descent-kernel/losses"; huberr'],
    ['throw new Error("of p"); let b1: number = "a"', `1:30 ${TEXT}`],
    ['let b2: number = "x"; throw new Error("number and b2x")', `1:5 ${TEXT}`],
    [
      'losses.huber(1)',
      "1:14 Type '1' has no properties in common with type 'HuberOptions<\"mean\">'. TS2559",
    ],
  ])('%j, which fails', async (cell, ...expected) => {
    const { warnings, errors } = await warningsOf(client, [cell]);
    expect(warnings).toEqual([expected]);
    expect(errors).toHaveLength(1);
  });

  it('come after the reply, each below its own cell', async () => {
    const order: string[] = [];
    const warned: Output[][] = [];
    const runs = [0, 1, 2].map((at) => {
      warned.push([]);
      return client.execute(`const own${at}: number = "${at}"; console.log(${at})`, {
        outputs: warned[at] as Output[],
        onOutput: ({ header, content }: Message) => {
          if (header.msg_type === 'status') order.push(`${at} ${String(content.execution_state)}`);
          if (header.msg_type === 'display_data') order.push(`${at} warning`);
        },
      });
    });
    await Promise.all(runs);
    await warningsOf(client, []);
    for (const at of [0, 1, 2]) {
      expect(order.indexOf(`${at} idle`)).toBeLessThan(order.indexOf(`${at} warning`));
      expect(warned[at]?.map(({ output_type: type }) => type)).toEqual(['stream', 'display_data']);
    }
  });

  it('are not about what a front-end runs for itself, whose names count all the same', async () => {
    const said: Message[] = [];
    const onOutput = (message: Message): number => said.push(message);
    await client.execute('let own: number = "x"', { silent: true, onOutput });
    await client.execute('let kept: number = "x"', { storeHistory: false, onOutput });
    expect((await warningsOf(client, ['own.z', 'kept.z'])).warnings).toEqual([
      ["1:5 Property 'z' does not exist on type 'number'. TS2339"],
      ["1:6 Property 'z' does not exist on type 'number'. TS2339"],
    ]);
    expect(said.filter(({ header }) => header.msg_type === 'display_data')).toEqual([]);
  });

  it('are a small box in HTML, with nothing of the user as tags', async () => {
    const outputs: Output[] = [];
    await client.execute('const boxed: Array<number> = "<b>"', { outputs });
    await warningsOf(client, []);
    const { data } = outputs[0] as { data: Record<string, string> };
    expect(data['text/html']).toContain('number[]');
    expect(data['text/html']).not.toContain('<b>');
    expect(Object.keys(data).sort()).toEqual(['text/html', 'text/plain']);
  });
});

describe('DESCENT_TYPECHECK', () => {
  it('error: a cell with errors does not run', async () => {
    const strict = await set.start({ env: { DESCENT_TYPECHECK: 'error' } });
    await resultOf(strict, 'let ran = 0; 0');
    const { error, outputs } = await strict.execute('ran = 1; let c: number = "a"', { timeout: 20_000 });
    expect(error).toMatchObject({
      ename: 'TypeCheckError',
      evalue: expect.stringContaining(`line 1, column 14: `),
    });
    expect(error?.evalue).toContain('(TS2322)');
    expect(outputs.map(({ output_type: type }) => type)).toEqual(['error']);
    expect(await resultOf(strict, 'ran')).toBe('0');
    expect(await resultOf(strict, 'ran = 2')).toBe('2');
    expect(await resultOf(strict, 'let ran = "text"; ran')).toBe("'text'");
  });

  it('off: nothing is said', async () => {
    const silent = await set.start({ env: { DESCENT_TYPECHECK: 'off' } });
    await typed(silent);
    const outputs: Output[] = [];
    await silent.execute('let c: number = "a"', { outputs, timeout: 20_000 });
    // Questions are answered in their order: a look at the cell would have come before this one.
    await typed(silent);
    expect(await resultOf(silent, 'c')).toBe("'a'");
    expect(outputs).toEqual([]);
  });
});
