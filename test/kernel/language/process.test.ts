import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { readNotebook } from '../../../kernel/notebook/notebook.ts';
import { descent } from '../cli/program.ts';
import { survivors } from '../support/alive.ts';
import { completeAt, typed } from '../support/asking.ts';
import { kernels, resultOf } from '../support/kernels.ts';
import { languageServers } from '../support/servers.ts';

const set = kernels();

/** A cell whose result is how many language servers its kernel has. */
const COUNT = `const { readdirSync, readFileSync } = await import('node:fs');
readdirSync('/proc').filter((pid) => {
  try {
    const stat = readFileSync('/proc/' + pid + '/stat', 'utf8');
    const parent = stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1];
    return parent === String(process.ppid) && readFileSync('/proc/' + pid + '/cmdline', 'utf8').includes('--lsp');
  } catch { return false; }
}).length`;

describe.runIf(process.platform === 'linux')('the process of the language server', () => {
  it('is there when types are asked for, once, and ends with the kernel', async () => {
    const client = await set.start();
    expect(await resultOf(client, COUNT)).toBe('0');
    await typed(client);
    const servers = languageServers(client.process?.pid);
    expect(servers).toHaveLength(1);
    expect(await resultOf(client, COUNT)).toBe('1');
    await client.shutdown();
    expect(await survivors(servers)).toEqual([]);
  });

  it('installs nothing, and leaves nothing in the home of the user', async () => {
    const home = mkdtempSync(join(tmpdir(), 'descent-home-'));
    try {
      writeFileSync(join(set.folder, 'plain.js'), 'exports.at = require("some-package");');
      writeFileSync(join(set.folder, 'package.json'), '{ "dependencies": { "some-package": "1" } }');
      const client = await set.start({ env: { HOME: home, XDG_CACHE_HOME: join(home, 'cache') } });
      await client.complete("import { at } from './plain.js'; at.");
      await sleep(500);
      expect(readdirSync(home)).toEqual([]);
      await client.shutdown();
    } finally {
      rmSync(home, { recursive: true });
      rmSync(join(set.folder, 'package.json'));
    }
  });

  it('ends when the kernel is killed', async () => {
    const client = await set.start();
    await typed(client);
    const servers = languageServers(client.process?.pid);
    expect(servers).toHaveLength(1);
    await client.kill();
    expect(await survivors(servers)).toEqual([]);
  });

  it('may be killed: what is asked then is answered by the runtime, what comes later with types', async () => {
    const client = await set.start();
    await resultOf(client, 'interface P { x: number; y?: string } const p: P = { x: 1 }; 0');
    await typed(client);
    for (const pid of languageServers(client.process?.pid)) process.kill(pid, 'SIGKILL');
    const { matches } = await completeAt(client, 'p.‸');
    expect(matches).toContain('x');
    await typed(client);
    expect((await completeAt(client, 'p.‸')).matches).toEqual(['x', 'y']);
    expect(await resultOf(client, 'p.x')).toBe('1');
  });

  it('is none where it is not wanted', async () => {
    const client = await set.start({ env: { DESCENT_LANGUAGE_SERVER: 'off' } });
    await resultOf(client, 'const shape = { second: 1 }; 0');
    expect((await completeAt(client, 'shape.sec‸')).matches).toEqual(['second']);
    expect(languageServers(client.process?.pid)).toEqual([]);
  });

  it('is none for a notebook that runs through, however long a cell takes', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'descent-run-'));
    try {
      const pause = 'await new Promise((done) => setTimeout(done, 1500))';
      const sources = ['let a: number = "text"', 'a + 1', pause, pause, COUNT];
      const cells = sources.map((source) => ({
        ...{ cell_type: 'code', metadata: {}, source, execution_count: null, outputs: [] },
      }));
      writeFileSync(
        join(folder, 'a.ipynb'),
        JSON.stringify({ nbformat: 4, nbformat_minor: 5, metadata: {}, cells }),
      );
      const { code } = await descent(['run', 'a.ipynb', '--ipynb'], { cwd: folder });
      expect(code).toBe(0);
      const ran = await readNotebook(join(folder, 'a.executed.ipynb'));
      const outputs = ran.cells.map((cell) => (cell.cell_type === 'code' ? cell.outputs : []));
      expect(outputs.at(-1)).toMatchObject([{ data: { 'text/plain': '0' } }]);
      expect(JSON.stringify(outputs)).not.toContain('type warning');
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it('is there after a pause, when cells have run that can be looked at', async () => {
    const client = await set.start();
    await resultOf(client, 'let a: number = 1; a');
    for (let tries = 0; tries < 100 && languageServers(client.process?.pid).length === 0; tries += 1)
      await sleep(100);
    expect(languageServers(client.process?.pid)).toHaveLength(1);
  });
});
