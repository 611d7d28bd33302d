import { beforeAll, describe, expect, it } from 'vitest';
import type { KernelClient } from '../../../kernel/client/client.ts';
import type { Json } from '../../../kernel/message/types.ts';
import { kernels, resultOf } from '../support/kernels.ts';
import { writeBelow } from '../support/packages.ts';

const set = kernels();
let client: KernelClient;

const write = (path: string, text: string): void => writeBelow(set.folder, path, text);
const config = (compilerOptions: object): void => write('tsconfig.json', JSON.stringify({ compilerOptions }));

const RUNTIME = `export const jsx = (type, props) => typeof type === 'function' ? type(props) : \`<\${type} \${JSON.stringify(props)}>\`;
export const jsxs = jsx;
export const Fragment = ({ children }) => children;`;
const TYPES = `export namespace JSX {
  type Element = string;
  interface IntrinsicElements { b: { title?: string; children?: unknown } }
}`;

beforeAll(async () => {
  const entry = { types: './index.d.ts', default: './index.js' };
  write(
    'node_modules/own-jsx/package.json',
    JSON.stringify({ name: 'own-jsx', type: 'module', exports: { './jsx-runtime': entry } }),
  );
  write('node_modules/own-jsx/index.js', RUNTIME);
  write('node_modules/own-jsx/index.d.ts', TYPES);
  config({ jsx: 'react-jsx', jsxImportSource: 'own-jsx' });
  client = await set.start();
});

describe('JSX in cells, as the tsconfig.json has it', () => {
  it('runs', async () => {
    expect(await resultOf(client, 'const who: string = "x"; <b title={who}>don\'t</b>')).toBe(
      '`<b {"title":"x","children":"don\'t"}>`',
    );
    expect(await resultOf(client, 'const Two = ({ n }: { n: number }) => n * 2;\n<Two n={21} />')).toBe('42');
  });

  it('shows the line of an error', async () => {
    const { error } = await client.execute('const ok = 1;\nconst bad = <b>{null.x}</b>;');
    expect(error?.traceback.join('\n')).toContain('.ts:2:22');
    const half = await client.execute('const a = 1;\n<b></b> +');
    expect(half.error?.ename).toBe('SyntaxError');
  });

  it('has types', async () => {
    const reply = await client.complete('<b ti></b>', 5);
    expect(reply.matches).toContain('title');
    const { data } = await client.inspect('const element = <b title="x" />; element');
    expect((data as Json)['text/plain']).toBe('const element: string');
  });

  it('keeps names of cells with apostrophes in their text', async () => {
    await resultOf(client, "const shown = <b>it's</b>, after = 1; 0");
    const { data } = await client.inspect('after');
    expect((data as Json)['text/plain']).toBe('const after: 1');
  });

  it('is complete when its element is', async () => {
    expect(await client.isComplete("<b>it's</b>")).toMatchObject({ status: 'complete' });
  });

  it('is a syntax error where it is off', async () => {
    config({});
    await expect(resultOf(client, '<b></b>')).rejects.toThrow('SyntaxError');
  });

  it('leaves assertions of types alone', async () => {
    expect(await resultOf(client, '(<number>1) + 1')).toBe('2');
  });
});
