import { execFileSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { beforeAll, describe, expect, it } from 'vitest';
import type { KernelClient } from '../../../../../kernel/client/client.ts';
import { npmError } from '../../../../../kernel/engine/child/magics/npmErrors.ts';
import { findNpm, wordsOf } from '../../../../../kernel/engine/child/magics/npmProgram.ts';
import { survivors } from '../../../support/alive.ts';
import { kernels, resultOf, streamText } from '../../../support/kernels.ts';
import { writeBelow } from '../../../support/packages.ts';

const { folder, start, probe: probeOf } = kernels();
const notebook = join(folder, 'project/notebook');

const write = (name: string, text: string): void => writeBelow(folder, name, text);

/** A package as a tarball, as a registry has it. */
function pack(name: string, version: string, files: Record<string, string>, manifest: object = {}): void {
  const place = `made/${name}-${version}/package`;
  write(`${place}/package.json`, JSON.stringify({ name, version, main: 'i.js', ...manifest }));
  for (const [file, text] of Object.entries(files)) write(`${place}/${file}`, text);
  const tarball = join(notebook, `${name}-${version}.tgz`);
  execFileSync('tar', ['-czf', tarball, '-C', join(folder, dirname(place)), 'package']);
}

let client: KernelClient;
beforeAll(async () => {
  mkdirSync(notebook, { recursive: true });
  // npm would take this folder for the project.
  write('project/package.json', '{ "name": "outer", "private": true }');
  pack('plain', '1.0.0', { 'i.js': 'exports.version = 1;' });
  pack('plain', '2.0.0', { 'i.js': 'exports.version = 2;' });
  pack('modern', '1.0.0', { 'i.js': "export const version = 'esm';" }, { type: 'module', exports: './i.js' });
  pack('dev', '1.0.0', { 'i.js': 'exports.dev = true;' });
  pack('slow', '1.0.0', { 'i.js': '' }, { scripts: { install: 'echo $$ > ../../pid && sleep 60' } });
  client = await start({ cwd: notebook, env: { npm_config_cache: join(folder, 'cache') } });
});

async function run(code: string): Promise<{ stdout: string; stderr: string; error: string }> {
  const { outputs, error } = await client.execute(code, { timeout: 60_000 });
  return {
    stdout: stripVTControlCharacters(streamText(outputs, 'stdout')),
    stderr: stripVTControlCharacters(streamText(outputs, 'stderr')),
    error: error ? `${error.ename}: ${error.evalue}` : '',
  };
}
const manifest = (): Record<string, object> =>
  JSON.parse(readFileSync(join(notebook, 'package.json'), 'utf8')) as Record<string, object>;

describe('%npm install', () => {
  it('makes a package.json, and the next cell imports what it installed', async () => {
    expect((await run("import { version } from 'plain'")).error).toContain('%npm install plain');
    expect((await run("require('modern')")).error).toContain('%npm install modern');
    const { stdout, error } = await run('%npm install ./plain-1.0.0.tgz ./modern-1.0.0.tgz');
    expect(error).toBe('');
    expect(stdout).toContain(`made package.json in ${notebook}\n`);
    expect(stdout).toMatch(/added 2 packages/);
    expect(stdout).not.toMatch(/audited|funding|vulnerabilities/);
    expect(manifest()).toMatchObject({ private: true, dependencies: { plain: expect.any(String) } });
    expect(existsSync(join(folder, 'project/node_modules'))).toBe(false);
    expect(await resultOf(client, "import { version } from 'plain'; version")).toBe('1');
    expect(await resultOf(client, "import { version as esm } from 'modern'; esm")).toBe("'esm'");
    expect(await resultOf(client, "require('modern').version")).toBe("'esm'");
  });

  it('passes options and quoted words on, as arguments and not to a shell', async () => {
    const { stdout, error } = await run('const file = "./dev-1.0.0.tgz"\n%npm i --save-dev "$file"');
    expect(error).toBe('');
    expect(stdout).not.toContain('made package.json');
    expect(manifest().devDependencies).toHaveProperty('dev');
    await run('%npm install ./none.tgz;touch bad $(touch bad) `touch bad`');
    expect(existsSync(join(notebook, 'bad'))).toBe(false);
  });

  it('of another version of what cells have imported says what to do', async () => {
    const { stdout, error } = await run('%npm install ./plain-2.0.0.tgz');
    expect(error).toBe('');
    expect(stdout).toContain('plain is 2.0.0 now, but 1.0.0 is in use: restart the kernel');
    const { stdout: other } = await run('%npm install ./dev-1.0.0.tgz');
    expect(other).not.toContain('restart');
  });
});

it('another version of a package that is in use nowhere is imported by the next cell', async () => {
  pack('moved', '1.0.0', { 'i.js': 'exports.at = 1;' });
  pack('moved', '2.0.0', { 'lib/j.js': 'exports.at = 2;' }, { main: 'lib/j.js' });
  await run("import { at } from 'moved'");
  await run("import { version } from 'plain'");
  expect((await run('%npm install ./moved-1.0.0.tgz')).error).toBe('');
  await run("import { version } from 'plain'");
  expect((await run('%npm install ./moved-2.0.0.tgz')).stdout).not.toContain('restart');
  expect(await resultOf(client, "import { at } from 'moved'; at")).toBe('2');
});

describe('%npm', () => {
  it('lists, and removes by each of its names', async () => {
    expect((await run('%npm ls')).stdout).toMatch(/dev@1\.0\.0[\s\S]*modern@1\.0\.0/);
    const { stdout, error } = await run('%npm rm dev');
    expect(error).toBe('');
    expect(stdout).toMatch(/removed 1 package/);
    expect((await run("import { dev } from 'dev'; dev")).error).toContain("Cannot find package 'dev'");
    expect((await run('%npm uninstall modern')).stdout).toContain(
      'modern has been removed, but 1.0.0 is in use',
    );
  });

  it('tells its errors shortly, as errors of the cell', async () => {
    const missing = await run('%npm install ./none.tgz');
    expect(missing.error).toMatch(
      /^NpmError: npm install left with exit code \d+ \(ENOENT\): a file or folder is not there\n/,
    );
    expect(missing.error).not.toMatch(/complete log|_logs/);
    expect(missing.error).toContain('none.tgz');
    const offline = await run('%npm install left-pad --registry=http://127.0.0.1:9 --fetch-retries=0');
    expect(offline.error).toMatch(
      /\(ECONNREFUSED\): the registry cannot be reached; is this computer online/,
    );
    expect((await run('%npm')).error).toContain('UsageError: %npm needs a command');
    expect((await run('%npm no-such-command')).error).toMatch(
      /^NpmError: npm no-such-command left with exit code 1/,
    );
  });

  it('is interrupted with all that it started', async () => {
    const probe = await probeOf(client);
    const cell = probe.send('shell', 'execute_request', {
      code: '%npm install --foreground-scripts ./slow-1.0.0.tgz',
    });
    const file = join(notebook, 'pid');
    await expect
      .poll(() => existsSync(file) && readFileSync(file, 'utf8'), { timeout: 20_000 })
      .toMatch(/\d+\n/);
    const pid = Number(readFileSync(file, 'utf8'));
    await probe.request('control', 'interrupt_request', {});
    expect((await probe.settled(cell)).content).toMatchObject({ ename: 'Interrupted' });
    expect(await survivors([pid])).toEqual([]);
    expect(await resultOf(client, '1 + 1')).toBe('2');
  });

  it("works in the notebook's folder, wherever the cells have gone", async () => {
    await run('%cd /');
    expect((await run('%npm prefix')).stdout.trim()).toBe(notebook);
  });
});

it('a folder that cannot be written to is named', async () => {
  // Nothing is closed to root but what the system itself holds.
  const isRoot = process.getuid?.() === 0;
  const closed = isRoot ? '/sys' : join(folder, 'closed');
  if (!isRoot) {
    mkdirSync(closed);
    chmodSync(closed, 0o555);
  }
  const kernel = await start({ cwd: closed });
  const { error } = await kernel.execute('%npm install plain');
  expect(error?.evalue).toMatch(/the notebook's folder \S+ cannot be written to \(E(?:ACCES|PERM|ROFS)\)/);
});

describe('npm', () => {
  it('is that of the running Node, or the first on PATH', () => {
    write('nodes/bin/node', '');
    expect(findNpm(join(folder, 'nodes/bin/node'), '')).toBeUndefined();
    write('elsewhere/npm', '');
    const program = join(folder, 'elsewhere/npm');
    expect(findNpm(join(folder, 'nodes/bin/node'), `:${folder}:${dirname(program)}`)).toEqual({
      program,
      args: [],
    });
    write('nodes/lib/node_modules/npm/bin/npm-cli.js', '');
    expect(findNpm(join(folder, 'nodes/bin/node'), dirname(program))).toEqual({
      program: join(folder, 'nodes/bin/node'),
      args: [join(folder, 'nodes/lib/node_modules/npm/bin/npm-cli.js')],
    });
  });

  it.each([
    ['install a  b@^1', ['install', 'a', 'b@^1']],
    [`i "a b" 'c d'e --x="y z"`, ['i', 'a b', 'c de', '--x=y z']],
    ['i a;b $(c) "un', ['i', 'a;b', '$(c)', '"un']],
    ['', []],
  ])('%s in words', (text, words) => {
    expect(wordsOf(text)).toEqual(words);
  });

  it.each([
    [
      'npm error code E404\nnpm error 404 Not Found - GET http://r/x\nnpm error A complete log of this run can be found in: /x',
      'npm install left with exit code 1 (E404): there is no such package, or it is not public\n404 Not Found - GET http://r/x',
    ],
    [
      'npm ERR! code ENOTFOUND\nnpm ERR! errno ENOTFOUND\nnpm ERR! request to http://r failed',
      'npm install left with exit code 1 (ENOTFOUND): the registry cannot be reached; is this computer online, and is a proxy needed?\nrequest to http://r failed',
    ],
    [
      'npm error code EACCES\nnpm error syscall mkdir\nnpm error path /x',
      'npm install left with exit code 1 (EACCES): npm may not write there; see whose the folder is, or take another one',
    ],
    ['', 'npm install left with exit code 1'],
  ])('means by %j', (stderr, message) => {
    expect(npmError('npm install', 1, stderr).message).toBe(message);
  });
});
