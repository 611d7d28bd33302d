import { cpSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import type { KernelClient } from '../../../../kernel/client/client.ts';
import type { Header, Message } from '../../../../kernel/message/types.ts';
import { kernels, resultOf } from '../../support/kernels.ts';
import type { Probe } from '../../support/probe.ts';

const set = kernels();
const require = createRequire(import.meta.url);
let client: KernelClient;
let probe: Probe;

beforeAll(async () => {
  client = await set.start();
  probe = await set.probe(client);
});

async function published(code: string): Promise<Message[]> {
  const header = probe.send('shell', 'execute_request', { code });
  await probe.settled(header);
  return ['display_data', 'update_display_data', 'stream', 'error'].flatMap((type) =>
    probe.published(type, header),
  );
}

const shown = (messages: Message[]): unknown[] => messages.map(({ content }) => content.data);

describe('tslab, in a folder that has it not,', () => {
  it.each([
    ['a namespace', "import * as tslab from 'tslab'; tslab.display.html('x')"],
    ['a name', "import { display as shows } from 'tslab'; shows.html('x')"],
    ['a default', "import whole from 'tslab'; whole.display.html('x')"],
    ['require', "require('tslab').display.html('x')"],
    ['import()', "(await import('tslab')).display.html('x')"],
    ['a TypeScript file', "import { show } from './typed.ts'; show('x')"],
    ['an ES module', "import { show } from './module.mjs'; show('x')"],
    ['a CommonJS file', "require('./common.cjs').show('x')"],
  ])('is found by %s', async (_what, code) => {
    const source = "import { display } from 'tslab';\nexport const show = (text) => display.html(text);\n";
    writeFileSync(join(set.folder, 'typed.ts'), source.replace('(text)', '(text: string)'));
    writeFileSync(join(set.folder, 'module.mjs'), source);
    writeFileSync(
      join(set.folder, 'common.cjs'),
      "exports.show = require('tslab').display.html.bind({ raw: require('tslab').display.raw });",
    );
    const messages = await published(code);
    expect(messages.map(({ header }) => header.msg_type)).toEqual(['display_data']);
    expect(messages[0]?.content).toEqual({ data: { 'text/html': 'x' }, metadata: {}, transient: {} });
  });

  it('shows each kind under its MIME type, bytes as base64', async () => {
    const messages = await published(`
      import { display } from 'tslab';
      for (const kind of ['javascript', 'html', 'markdown', 'latex', 'svg', 'text'] as const) display[kind](kind);
      const bytes = new Uint8Array([137, 80, 78, 71]);
      for (const kind of ['png', 'jpeg', 'gif', 'pdf'] as const) display[kind](bytes);
      display.png(Buffer.from(bytes));
      display.raw('text/x-own', 'own');
      display.raw('application/vnd.own+json', { a: 1 } as never);
    `);
    expect(shown(messages)).toEqual([
      { 'text/javascript': 'javascript' },
      { 'text/html': 'html' },
      { 'text/markdown': 'markdown' },
      { 'text/latex': 'latex' },
      { 'image/svg+xml': 'svg' },
      { 'text/plain': 'text' },
      { 'image/png': 'iVBORw==' },
      { 'image/jpeg': 'iVBORw==' },
      { 'image/gif': 'iVBORw==' },
      { 'application/pdf': 'iVBORw==' },
      { 'image/png': 'iVBORw==' },
      { 'text/x-own': 'own' },
      { 'application/vnd.own+json': { a: 1 } },
    ]);
  });

  it('shows as text what the notebook format has no place for', async () => {
    const messages = await published(
      "require('tslab').display.text(5); require('tslab').display.html(undefined)",
    );
    expect(shown(messages)).toEqual([{ 'text/plain': '5' }, { 'text/html': 'undefined' }]);
  });

  it('gives handles whose outputs are replaced, each its own, with another kind also', async () => {
    const messages = await published(`
      import { newDisplay } from 'tslab';
      const one = newDisplay(), two = newDisplay();
      one.text('1'); two.text('2'); one.html('<b>3</b>');
    `);
    const [first, second, update] = messages.map(({ header, content }) => {
      const { display_id } = content.transient as { display_id: string };
      return [header.msg_type, content.data, display_id];
    });
    expect(first).toEqual(['display_data', { 'text/plain': '1' }, expect.any(String)]);
    expect(second).toEqual(['display_data', { 'text/plain': '2' }, expect.any(String)]);
    expect(second?.[2]).not.toBe(first?.[2]);
    expect(update).toEqual(['update_display_data', { 'text/html': '<b>3</b>' }, first?.[2]]);
  });

  it('shows in the cell that began it, also after that has ended', async () => {
    const code = `
      import { newDisplay } from 'tslab';
      const late = newDisplay();
      late.text('waiting');
      setTimeout(() => late.text('late'), 200);
    `;
    const header: Header = probe.send('shell', 'execute_request', { code });
    await probe.settled(header);
    await published('0');
    await probe.until('the late update', () => probe.published('update_display_data', header)[0]);
    expect(shown(probe.published('update_display_data', header))).toEqual([{ 'text/plain': 'late' }]);
  });

  it('says its versions, prints nothing and starts nothing', async () => {
    const fresh = await set.start();
    const code = `
      const before = [Object.keys(require.cache).length, process.getActiveResourcesInfo().length];
      const { versions } = await import('tslab');
      const after = [Object.keys(require.cache).length, process.getActiveResourcesInfo().length];
      [versions.tslab, versions.node === process.version, after[0]! - before[0]!, after[1]! - before[1]!].join()`;
    const { outputs } = await fresh.execute(code);
    expect(outputs).toMatchObject([
      {
        output_type: 'execute_result',
        data: { 'text/plain': expect.stringMatching(/^'1\.0\.22,true,1,0'$/) },
      },
    ]);
  });

  it('is not found in folders that are named', async () => {
    const code = "require.resolve('tslab', { paths: ['/'] })";
    await expect(resultOf(client, code)).rejects.toThrow("Cannot find package 'tslab'");
  });

  it('like the other packages that come with the kernel, is found by require', async () => {
    expect(await resultOf(client, "typeof require('@tensorflow/tfjs-core').tensor")).toContain('function');
  });

  it('says of its own kernel that it cannot run here', async () => {
    await expect(resultOf(client, "new (require('tslab/dist/jupyter.js').ZmqServer)()")).rejects.toThrow(
      "tslab's own kernel (ZmqServer) cannot run inside this one; display, newDisplay and versions",
    );
    await expect(resultOf(client, "import 'tslab/dist/executor'")).rejects.toThrow('npm install tslab');
  });
});

describe('tslab beside the notebook', () => {
  let own: KernelClient;
  const code = (how: string): string => `{
    const { versions, newDisplay } = ${how};
    const handle = newDisplay();
    handle.text('a');
    handle.text(versions.tslab);
    const parts = /(?:converter\\.js|typescript.*\\.c?js)$/;
    console.log(Object.keys(require.cache).filter((file) => parts.test(file)));
  }`;

  beforeAll(async () => {
    const modules = join(set.folder, 'own/node_modules');
    mkdirSync(modules, { recursive: true });
    own = await set.start({ cwd: join(set.folder, 'own') });
  });

  it('wins, shows its outputs here and loads no compiler, also when it came later', async () => {
    const before = await own.execute(code("await import('tslab')"));
    expect(before.outputs[0]).toMatchObject({ data: { 'text/plain': '1.0.22' } });
    const package_ = dirname(require.resolve('tslab/package.json'));
    const modules = join(set.folder, 'own/node_modules');
    cpSync(package_, join(modules, 'tslab'), { recursive: true });
    symlinkSync(join(package_, '../@tslab'), join(modules, '@tslab'));
    writeFileSync(
      join(modules, 'tslab/package.json'),
      '{"name":"tslab","version":"9.9.9","main":"dist/public.js"}',
    );
    for (const how of ["await import('tslab')", "require('tslab')"]) {
      const { outputs } = await own.execute(code(how));
      expect(outputs).toMatchObject([
        { output_type: 'display_data', data: { 'text/plain': '9.9.9' } },
        { output_type: 'stream', text: '[]\n' },
      ]);
    }
  });
});
