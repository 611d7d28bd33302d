import { execFile } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeEach, expect, test } from 'vitest';
import { findProgram } from '../../../../kernel/cli/doctor/programs.ts';
import { checkSpace } from '../../../../kernel/cli/tensorflow/space.ts';
import { descent, type Ended } from '../program.ts';

const folder = mkdtempSync(join(tmpdir(), 'descent-tensorflow-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

let data: string;
let count = 0;
beforeEach(() => {
  count += 1;
  data = join(folder, `data${count}`);
});

/** A PATH that leads to these programs of this machine and to no other. */
function pathOf(...names: string[]): string {
  const bin = join(folder, `bin${count}`);
  mkdirSync(bin);
  for (const name of names) symlinkSync(findProgram(name)!, join(bin, name));
  return bin;
}

/** A library that has none of TensorFlow's functions, in a folder like that of the C release. */
async function emptyLibrary(): Promise<string> {
  const at = join(folder, 'empty');
  if (existsSync(at)) return at;
  mkdirSync(join(at, 'include/tensorflow/c'), { recursive: true });
  mkdirSync(join(at, 'lib'));
  writeFileSync(join(at, 'include/tensorflow/c/c_api.h'), '');
  const output = join(at, 'lib/libtensorflow.so.2');
  await promisify(execFile)('g++', ['-shared', '-x', 'c++', '/dev/null', '-o', output]);
  return at;
}

/** Writes a program of a shell. */
function script(bin: string, name: string, text: string): void {
  writeFileSync(join(bin, name), `#!/bin/sh\n${text}\n`);
  chmodSync(join(bin, name), 0o755);
}

async function install(args: string[], env: NodeJS.ProcessEnv = {}): Promise<Ended> {
  return descent(['tensorflow', 'install', ...args], { env: { XDG_DATA_HOME: data, ...env } });
}

/** One line on stderr, exit code 1, and nothing left. */
function expectFailure({ code, stderr }: Ended, expected: RegExp): void {
  expect(stderr).toMatch(expected);
  expect(stderr).toMatch(/^descent: [^\n]+\n$/);
  expect(code).toBe(1);
  const builds = join(data, 'descent', 'tensorflow');
  expect(existsSync(builds) ? readdirSync(builds) : []).toEqual([]);
}

test('no C++ compiler', async () => {
  expectFailure(
    await install([], { PATH: pathOf() }),
    /no C\+\+ compiler found: install one \(Debian.*g\+\+/,
  );
});

test('a compiler that is none', async () => {
  expectFailure(
    await install([], { CXX: 'no-such-compiler' }),
    /CXX is "no-such-compiler", which is no program/,
  );
});

test('a compiler that fails', async () => {
  const lib = await emptyLibrary();
  const env = { CXX: `${findProgram('g++')!} --no-such-option` };
  expectFailure(
    await install(['--from', lib], env),
    /the addon does not compile with .*g\+\+: .*no-such-option/,
  );
});

test('a compiler that makes something else', async () => {
  const bin = mkdtempSync(join(folder, 'cxx-'));
  const last = 'for word; do if [ "$flag" = -o ]; then out=$word; fi; flag=$word; done';
  script(bin, 'cxx', `${last}\nexec g++ -shared -x c++ /dev/null -o "$out"`);
  const ended = await install(['--from', await emptyLibrary()], { CXX: join(bin, 'cxx') });
  const expected =
    /the TensorFlow from .*empty does not pass its test: .*did not self-register.*; choose another/;
  expectFailure(ended, expected);
});

test('no Python', async () => {
  const ended = await install([], { PATH: pathOf('g++') });
  expectFailure(ended, /no pip found: install Python with pip .*--from/);
});

test('a Python whose TensorFlow has no libraries', async () => {
  const packages = mkdtempSync(join(folder, 'packages-'));
  mkdirSync(join(packages, 'tensorflow'));
  writeFileSync(join(packages, 'tensorflow/__init__.py'), '');
  mkdirSync(join(packages, 'tensorflow-9.9.dist-info'));
  writeFileSync(join(packages, 'tensorflow-9.9.dist-info/METADATA'), 'Name: tensorflow\nVersion: 9.9\n');
  const expected =
    /packages-.*tensorflow has no libtensorflow_cc\.so\.2: .*; or download one by --version 2\.21\.0/;
  const ended = await install([], { PYTHONPATH: packages });
  expect(ended.stdout).toContain('taking TensorFlow 9.9 of ');
  expectFailure(ended, expected);
});

test('a version that does not exist', async () => {
  const ended = await install(['--version', '2.99.0']);
  expectFailure(ended, /tensorflow.*==2\.99\.0.*(?:choose one by --version|--from)/);
});

test('no network', async () => {
  // Nobody listens at this port of this machine.
  const nowhere = { PIP_INDEX_URL: 'http://127.0.0.1:9/simple', PIP_EXTRA_INDEX_URL: '', PIP_FIND_LINKS: '' };
  const ended = await install(['--version', '2.20.0'], { ...nowhere, PIP_CONFIG_FILE: '/dev/null' });
  expectFailure(ended, /pip reaches no package index: check the network/);
});

test('no registry of npm', async () => {
  const lib = await emptyLibrary();
  const env = { npm_config_registry: 'http://127.0.0.1:9/', npm_config_cache: join(folder, 'npm') };
  expectFailure(await install(['--from', lib], env), /npm reaches no registry: check the network/);
});

test('a folder without the library', async () => {
  const empty = mkdtempSync(join(folder, 'none-'));
  const expected = /has no libtensorflow_cc\.so\.2: expected a folder with include\/ and/;
  expectFailure(await install(['--from', empty]), expected);
  expectFailure(
    await install(['--from', join(empty, 'absent')]),
    /there is no .*absent; give a folder or a wheel/,
  );
});

test('a folder without the headers', async () => {
  const lib = await emptyLibrary();
  const bare = mkdtempSync(join(folder, 'bare-'));
  symlinkSync(join(lib, 'lib/libtensorflow.so.2'), join(bare, 'libtensorflow.so.2'));
  expectFailure(await install(['--from', bare]), /has no include\/tensorflow\/c\/c_api\.h/);
});

test('a library for another processor', async () => {
  const other = mkdtempSync(join(folder, 'other-'));
  mkdirSync(join(other, 'include/tensorflow/c'), { recursive: true });
  writeFileSync(join(other, 'include/tensorflow/c/c_api.h'), '');
  const header = Buffer.alloc(64);
  // e_machine of the ELF header: 183 is AArch64, 62 x86-64.
  header.write('\x7fELF', 'latin1');
  header.writeUInt16LE(process.arch === 'x64' ? 183 : 62, 18);
  writeFileSync(join(other, 'libtensorflow_cc.so.2'), header);
  const expected = /is for the processor (?:arm64|x64), this Node is for/;
  expectFailure(await install(['--from', other]), expected);
  writeFileSync(join(other, 'libtensorflow_cc.so.2'), 'text');
  expectFailure(await install(['--from', other]), /is no library of Linux/);
});

test('a wheel that is damaged', async () => {
  const wheel = join(folder, 'damaged.whl');
  writeFileSync(wheel, 'PK');
  expectFailure(
    await install(['--from', wheel]),
    /damaged\.whl cannot be unpacked: it is not a whole zip archive/,
  );
});

test('a data folder that cannot be written', async () => {
  data = join(folder, 'file');
  writeFileSync(data, '');
  const { code, stderr } = await install([]);
  expect(stderr).toMatch(
    /^descent: cannot write .*: .*; set XDG_DATA_HOME to a folder that can be written\n$/,
  );
  expect(code).toBe(1);
});

test('a disk that is too small', () => {
  expect(() => checkSpace(folder, 1e18)).toThrow(
    /^.* has [\d.]+ GB free, TensorFlow needs 1000000000\.0 GB while it is installed: free some space, or set XDG_/,
  );
});

test('wrong usage', async () => {
  const { code, stderr } = await install(['--version', 'latest']);
  expect({ code, stderr }).toEqual({
    code: 2,
    stderr: 'descent: --version is "latest", expected one such as 2.21.0\n',
  });
  expect((await install(['--from', '/x', '--gpu'])).stderr).toContain('does not go with');
});

test('interrupted by Ctrl-C', async () => {
  // A Python whose pip is slow.
  const bin = pathOf('g++', 'sleep');
  script(bin, 'python3', 'case "$*" in *download*) sleep 60;; *-c*) exit 1;; esac');
  const child = descent(['tensorflow', 'install'], {
    env: { XDG_DATA_HOME: data, PATH: bin },
    onStdout: (text, kill) => text.includes('downloading') && kill('SIGINT'),
  });
  const { code, stderr } = await child;
  expect({ code, stderr }).toEqual({ code: 130, stderr: '' });
  expect(readdirSync(join(data, 'descent', 'tensorflow'))).toEqual([]);
});

test('nothing is installed', async () => {
  const env = { XDG_DATA_HOME: data };
  const status = await descent(['tensorflow'], { env });
  expect(status).toMatchObject({ code: 0, stderr: '' });
  expect(status.stdout).toMatch(
    /^native TensorFlow is not installed; to install it: .* tensorflow install\n$/,
  );
  expectFailure(
    await descent(['tensorflow', 'remove'], { env }),
    /there is no native TensorFlow in .*: nothing to remove/,
  );
});
