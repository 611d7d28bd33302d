import { createHmac } from 'node:crypto';
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

function isSignatureScheme(scheme: string): boolean {
  if (!/^hmac-\w+$/.test(scheme)) return false;
  try {
    return Boolean(createHmac(scheme.slice('hmac-'.length), ''));
  } catch {
    return false;
  }
}

const Z85 = '0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ.-:+=^!/*?&<>()[]{}@%$#';

/** A key of 32 bytes in Z85: five characters stand for four bytes (https://rfc.zeromq.org/spec/32). */
function isCurveKey(key: string): boolean {
  const groups = key.match(/.{5}/gs) ?? [];
  return (
    key.length === 40 &&
    groups.every((group) => {
      const digits = [...group].map((character) => Z85.indexOf(character));
      return !digits.includes(-1) && digits.reduce((sum, digit) => sum * 85 + digit, 0) < 2 ** 32;
    })
  );
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
  const curveKey = (name: string): string => {
    const key = text(name);
    // The key itself is not shown: this line ends in a log.
    return isCurveKey(key)
      ? key
      : fail(`${name} has ${key.length} characters that are no key, expected 40 characters of Z85`);
  };
  const transport = text('transport', 'tcp');
  if (transport !== 'tcp' && transport !== 'ipc') {
    return fail(`transport is ${JSON.stringify(transport)}, expected "tcp" or "ipc"`);
  }
  const key = text('key');
  const signatureScheme = text('signature_scheme', 'hmac-sha256');
  if (!isSignatureScheme(signatureScheme)) {
    const expected = '"hmac-sha256", or "hmac-" and another hash that Node knows';
    return fail(`signature_scheme is ${shown(signatureScheme)}, expected ${expected}`);
  }
  const ports = Object.fromEntries(PORTS.map((name) => [name, port(name)])) as Record<Port, number>;
  const connection: Connection = { transport, ip: text('ip', '127.0.0.1'), ports, key, signatureScheme };
  if (fields.curve_publickey !== undefined || fields.curve_secretkey !== undefined) {
    connection.curve = { publicKey: curveKey('curve_publickey'), secretKey: curveKey('curve_secretkey') };
  }
  return connection;
}
