import { randomUUID } from 'node:crypto';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Connection, Port } from '../connection.ts';

const PORTS: readonly Port[] = ['shell', 'control', 'iopub', 'stdin', 'hb'];

function listen(ip: string): Promise<Server> {
  return new Promise((resolve, reject) => {
    const server = createServer().once('error', reject);
    server.listen(0, ip, () => resolve(server));
  });
}

/**
 * Ports that are free now. All are held until the last is known, so that they differ; another
 * program may still take one before the kernel binds it, which the caller answers with a retry.
 */
async function freePorts(ip: string): Promise<Record<Port, number>> {
  const servers = await Promise.all(PORTS.map(() => listen(ip)));
  const ports = servers.map((server) => {
    const address = server.address();
    return typeof address === 'object' && address ? address.port : 0;
  });
  await Promise.all(servers.map((server) => new Promise((closed) => server.close(closed))));
  return Object.fromEntries(PORTS.map((name, at) => [name, ports[at]])) as Record<Port, number>;
}

/** A connection of its own folder: `file` is what the kernel reads, `folder` what is to be removed. */
export interface ConnectionFile {
  file: string;
  folder: string;
  connection: Connection;
}

/** Chooses ports and a key and writes the connection file, readable by this user alone. */
export async function createConnectionFile(
  transport: Connection['transport'] = 'tcp',
): Promise<ConnectionFile> {
  const folder = mkdtempSync(join(tmpdir(), 'descent-'));
  const file = join(folder, 'kernel.json');
  // With ipc the port is a suffix of the socket's path, which must stay below 104 bytes (macOS).
  const ip = transport === 'ipc' ? join(folder, 's') : '127.0.0.1';
  const ports =
    transport === 'ipc' ? { shell: 1, control: 2, iopub: 3, stdin: 4, hb: 5 } : await freePorts(ip);
  const connection: Connection = { transport, ip, ports, key: randomUUID(), signatureScheme: 'hmac-sha256' };
  const content = {
    ...Object.fromEntries(PORTS.map((name) => [`${name}_port`, ports[name]])),
    transport,
    ip,
    key: connection.key,
    signature_scheme: connection.signatureScheme,
    kernel_name: 'descent',
  };
  writeFileSync(file, JSON.stringify(content, null, 2), { mode: 0o600, flag: 'wx' });
  return { file, folder, connection };
}
