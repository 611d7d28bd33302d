import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createConnectionFile } from '../../../kernel/client/connectionFile.ts';
import { program } from '../../../kernel/client/program.ts';
import { descent } from './program.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'descent-cli-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

function file(name: string, content: unknown): string {
  const path = join(folder, name);
  writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content));
  return path;
}

describe('descent', () => {
  it('knows its version and commands', async () => {
    expect((await descent(['--version'])).stdout).toBe(`${program().version}\n`);
    const { code, stdout } = await descent(['--help']);
    expect(code).toBe(0);
    expect(stdout).toMatch(/install.*uninstall.*run.*kernel.*console.*doctor/s);
  });

  it.each(['install', 'uninstall', 'run', 'kernel', 'console', 'doctor', 'help'])(
    'has help for %s',
    async (name) => {
      const { code, stdout } = await descent([name, '--help']);
      expect(code).toBe(0);
      expect(stdout).toContain(`Usage: descent ${name}`);
    },
  );

  it('explains with help as with --help', async () => {
    expect(await descent(['help'])).toEqual(await descent(['--help']));
    expect(await descent(['help', 'run'])).toEqual(await descent(['run', '--help']));
    expect((await descent(['help'])).code).toBe(0);
  });

  it.each([
    [[], 'no command given'],
    [['bogus'], 'unknown command "bogus", expected one of install'],
    [['bogus', 'argument'], 'unknown command "bogus", expected one of install'],
    [['bogus', '--option'], 'unknown command "bogus", expected one of install'],
    [['help', 'bogus'], 'unknown command "bogus", expected one of install'],
    [['--bogus'], "unknown option '--bogus'"],
    [['run'], 'no notebook given'],
    [['run', '--bogus'], "unknown option '--bogus'"],
    [['run', '--timeout', '-1', 'a.ipynb'], '--timeout is "-1", expected a number of seconds above 0'],
    [['run', '--timeout', '2147484', 'a.ipynb'], '--timeout is "2147484", expected a number'],
    [['run', '--timeout', 'Infinity', 'a.ipynb'], 'seconds above 0 and up to 2147483'],
    [['run', 'nowhere.ipynb'], 'nowhere.ipynb'],
    [['run', '--parameters', 'a=1', 'x'], '--parameters is "x", expected NAME=VALUE'],
    [['install', '--user', '--prefix', 'x'], "option '--user' cannot be used with option '--prefix <path>'"],
    [['install', '--prefix', 'x', '--env', '1=2'], '--env is "1=2", expected NAME=VALUE'],
    [['install', '--prefix', 'x', '--name', 'a b'], 'kernelspec name is "a b"'],
    [['install', '--prefix', ''], '--prefix is "", expected a folder'],
    [['install', '--prefix', '/proc/descent'], 'cannot write /proc/descent/share/jupyter/kernels/descent: '],
    [['install', '--prefix', 'x', '--display-name', ''], '--display-name is "", expected a name to show'],
    [['uninstall', '--prefix', ''], '--prefix is "", expected a folder'],
    [['uninstall', '--prefix', '/nowhere'], 'nothing to remove'],
    [['kernel'], "missing required argument 'connection-file'"],
    [['kernel', 'a', 'b'], 'too many arguments'],
    [['kernel', '/nowhere/connection.json'], 'connection file /nowhere/connection.json'],
  ])('answers %j with one line and exit 2', async (args, message) => {
    const { code, stderr, stdout } = await descent(args, { cwd: folder });
    expect(stderr).toContain(message);
    expect(stderr).toMatch(/^descent: [^\n]+\n$/);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  });
});

describe.skipIf(!existsSync('/dev/full'))('output that cannot be written', () => {
  const sh = (script: string): ReturnType<typeof spawnSync> =>
    spawnSync('sh', ['-c', script, process.execPath, program().main], {
      ...{ cwd: folder, encoding: 'utf8', timeout: 30_000, env: { ...process.env, HOME: folder } },
    });

  it.each(['doctor --json', '--help'])('is an error of descent %s', (command) => {
    const { status, stderr } = sh(`"$0" "$1" ${command} >/dev/full`);
    expect(stderr).toBe('descent: standard output cannot be written: no space left on device\n');
    expect(status).toBe(1);
  });

  it('is none where the reader has what it wants', () => {
    expect(sh('{ "$0" "$1" --help; echo $? >&2; } | true').stderr).toBe('0\n');
  });

  it('on stderr leaves the exit code', () => {
    expect(sh('"$0" "$1" run nowhere.ipynb 2>/dev/full').status).toBe(2);
  });
});

describe('descent kernel', () => {
  const ports = { shell_port: 1, control_port: 2, iopub_port: 3, stdin_port: 4, hb_port: 5 };

  it.each([
    ['{', 'not JSON'],
    [{ ...ports, ip: '127.0.0.1', transport: 'tcp' }, 'key'],
    [{ ...ports, ip: '127.0.0.1', transport: 'tcp', key: '', hb_port: 'x' }, 'hb_port is "x"'],
  ])('refuses the connection file %j', async (content, message) => {
    const { code, stderr } = await descent(['kernel', file('bad.json', content)]);
    expect(stderr).toContain(message);
    expect(stderr).toMatch(/^descent: [^\n]+\n$/);
    expect(code).toBe(2);
  });

  it('refuses ports in use', async () => {
    const server = createServer();
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    const address = server.address();
    const taken = typeof address === 'object' && address ? address.port : 0;
    const { file: free } = await createConnectionFile();
    const content = { ...(JSON.parse(readFileSync(free, 'utf8')) as object), shell_port: taken };
    rmSync(dirname(free), { recursive: true });
    const { code, stderr } = await descent(['kernel', file('taken.json', content)]);
    server.close();
    expect(stderr).toMatch(new RegExp(`^descent: [^\\n]*${taken}[^\\n]*\\n$`));
    expect(code).toBe(2);
  });
});

describe('descent install', () => {
  it('writes and removes the kernelspec', async () => {
    const installed = await descent(
      ['install', '--prefix', 'env', '--name', 'ts', '--display-name', 'Mine', '--env', 'A=1', 'B=c=d'],
      { cwd: folder },
    );
    expect(installed).toMatchObject({ code: 0 });
    const path = join(folder, 'env', 'share', 'jupyter', 'kernels', 'ts', 'kernel.json');
    const spec = JSON.parse(readFileSync(path, 'utf8')) as Record<string, unknown>;
    expect(spec).toMatchObject({ display_name: 'Mine', env: { A: '1', B: 'c=d' } });
    expect((spec.argv as string[]).slice(1)).toEqual([program().main, 'kernel', '{connection_file}']);
    const removed = await descent(['uninstall', '--prefix', 'env', '--name', 'ts'], { cwd: folder });
    expect(removed).toMatchObject({ code: 0, stderr: '' });
  });

  it('follows JUPYTER_DATA_DIR and the active Python environment', async () => {
    const env = { JUPYTER_DATA_DIR: join(folder, 'data'), VIRTUAL_ENV: join(folder, 'venv') };
    expect((await descent(['install'], { env })).stdout).toContain(
      join(folder, 'data', 'kernels', 'descent'),
    );
    expect((await descent(['install', '--sys-prefix'], { env })).stdout).toContain(
      join(folder, 'venv', 'share', 'jupyter', 'kernels', 'descent'),
    );
  });
});
