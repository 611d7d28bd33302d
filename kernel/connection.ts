import { readFileSync } from 'node:fs';

export type Port = 'shell' | 'control' | 'iopub' | 'stdin' | 'hb';

/** A connection file, checked. */
export interface Connection {
  transport: 'tcp' | 'ipc';
  ip: string;
  ports: Record<Port, number>;
  key: string;
  signatureScheme: string;
  curve?: { publicKey: string; secretKey: string };
}

/** A connection file that is missing, not JSON, or lacks what is needed. */
class ConnectionError extends Error {
  override name = 'ConnectionError';
}

const PORTS: readonly Port[] = ['shell', 'control', 'iopub', 'stdin', 'hb'];

/** The ZeroMQ endpoint of a port: `tcp://ip:port`, or `ipc://ip-port` as Jupyter writes it. */
export function endpoint(connection: Connection, port: Port): string {
  const separator = connection.transport === 'ipc' ? '-' : ':';
  return `${connection.transport}://${connection.ip}${separator}${connection.ports[port]}`;
}

const shown = (field: unknown): string => JSON.stringify(field) ?? 'missing';

/** Reads and checks a connection file. Throws a ConnectionError that names the file and the field. */
export function readConnection(path: string): Connection {
  const fail = (reason: string): never => {
    throw new ConnectionError(`connection file ${path}: ${reason}`);
  };
  let value: unknown;
  try {
    value = JSON.parse(readFileSync(path, 'utf8'));
  } catch (error) {
    return fail(error instanceof SyntaxError ? `not JSON (${error.message})` : (error as Error).message);
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return fail('not a JSON object');
  const fields = value as Record<string, unknown>;
  const text = (name: string, fallback?: string): string => {
    const field = fields[name] ?? fallback;
    return typeof field === 'string' ? field : fail(`${name} is ${shown(field)}, expected a string`);
  };
  const port = (name: Port): number => {
    const field = fields[`${name}_port`];
    const valid = typeof field === 'number' && Number.isInteger(field) && field > 0 && field < 65_536;
    return valid ? field : fail(`${name}_port is ${shown(field)}, expected a port from 1 to 65535`);
  };
  const transport = text('transport', 'tcp');
  if (transport !== 'tcp' && transport !== 'ipc') {
    return fail(`transport is ${JSON.stringify(transport)}, expected "tcp" or "ipc"`);
  }
  const key = text('key');
  const signatureScheme = text('signature_scheme', 'hmac-sha256');
  if (!/^hmac-\w+$/.test(signatureScheme))
    fail(`signature_scheme is "${signatureScheme}", expected "hmac-sha256"`);
  const ports = Object.fromEntries(PORTS.map((name) => [name, port(name)])) as Record<Port, number>;
  const connection: Connection = { transport, ip: text('ip', '127.0.0.1'), ports, key, signatureScheme };
  if (fields.curve_publickey !== undefined || fields.curve_secretkey !== undefined) {
    connection.curve = { publicKey: text('curve_publickey'), secretKey: text('curve_secretkey') };
  }
  return connection;
}
