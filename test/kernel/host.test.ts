import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, describe, expect, it } from 'vitest';
import { program } from '../../kernel/client/program.ts';
import type { Port } from '../../kernel/connection.ts';
import { connectionFile } from './support/connections.ts';
import { kernels, resultOf } from './support/kernels.ts';

const folder = mkdtempSync(join(tmpdir(), 'descent-host-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const set = kernels();

async function run(file: string): Promise<{ code: number; stdout: string; stderr: string }> {
  const env = { ...process.env, DESCENT_HISTORY: join(folder, 'history.jsonl') };
  const child = spawn(process.execPath, [program().main, 'kernel', file], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env,
  });
  const [stdout, stderr, [code]] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, 'exit'),
  ]);
  return { code: Number(code), stdout, stderr };
}

const write = (content: string): string => {
  const file = join(folder, 'kernel.json');
  writeFileSync(file, content);
  return file;
};

async function altered(fields: object): Promise<string> {
  const { file } = await connectionFile();
  return write(JSON.stringify({ ...(JSON.parse(readFileSync(file, 'utf8')) as object), ...fields }));
}

async function occupy(port: number): Promise<Server> {
  const server = createServer().listen(port, '127.0.0.1');
  await once(server, 'listening');
  return server;
}

describe('a kernel that cannot start says why in one line and exits with 2', () => {
  const refused = async (file: string, reason: string | RegExp): Promise<void> => {
    const { code, stdout, stderr } = await run(file);
    expect(stderr).toMatch(/^descent: [^\n]+\n$/);
    expect(stderr).toMatch(reason);
    expect([code, stdout]).toEqual([2, '']);
  };

  it('no connection file', () => refused(join(folder, 'nowhere.json'), /nowhere\.json: ENOENT/));
  it('a folder', () => refused(folder, /EISDIR/));
  it('not JSON', () => refused(write('{"key":\n\n'), /not JSON/));
  it('no key', async () => refused(await altered({ key: undefined }), /key is missing/));
  it('an unknown hash', async () =>
    refused(
      await altered({ signature_scheme: 'hmac-none' }),
      /kernel\.json: signature_scheme is "hmac-none"/,
    ));
  it('a wrong key for encryption', async () =>
    refused(
      await altered({ curve_publickey: 'short', curve_secretkey: 'short' }),
      /kernel\.json: curve_publickey has 5 characters/,
    ));
  it('an address of another machine', async () => refused(await altered({ ip: '192.0.2.1' }), /cannot bind/));

  it.each<Port>(['shell', 'control', 'iopub', 'stdin', 'hb'])('%s port in use', async (port) => {
    const { file, connection } = await connectionFile();
    const server = await occupy(connection.ports[port]);
    await refused(
      file,
      `cannot bind ${port} to tcp://127.0.0.1:${connection.ports[port]}: Address already in use`,
    );
    server.close();
  });
});

describe('the host', () => {
  it('takes the end of its stdin and a closed stdout for nothing', async () => {
    // KernelProcess gives it /dev/null for both.
    const client = await set.start();
    expect(await resultOf(client, 'console.log("x"); 1')).toBe('1');
  });

  it('goes on where its folder is removed', async () => {
    const cwd = mkdtempSync(join(folder, 'gone-'));
    const client = await set.start({ cwd });
    expect(await resultOf(client, '1')).toBe('1');
    rmSync(cwd, { recursive: true });
    expect(await resultOf(client, '1 + 1')).toBe('2');
  });

  it('survives what Node itself writes before there are sockets', async () => {
    const client = await set.start({ env: { NODE_OPTIONS: '--trace-warnings --inspect=0' } });
    expect(await resultOf(client, '1 + 1')).toBe('2');
  });
});
