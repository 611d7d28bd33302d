import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { endpoint, readConnection } from '../../kernel/connection.ts';

const folder = mkdtempSync(join(tmpdir(), 'descent-connection-'));
const file = join(folder, 'kernel.json');
afterAll(() => rmSync(folder, { recursive: true, force: true }));

// A pair of the test vectors in https://rfc.zeromq.org/spec/26 (CurveZMQ).
const PUBLIC = 'Yne@$w-vo<fVvi]a<NY6T1ed:M$fCG*[IaLV{hID';
const SECRET = 'D:)Q[IlAW!ahhC2ac:9*A}h:p?([4%wOTJ%JR%cs';

const GOOD: Record<string, unknown> = {
  ...{ shell_port: 1001, control_port: 1002, iopub_port: 1003, stdin_port: 1004, hb_port: 1005 },
  ...{
    transport: 'tcp',
    ip: '127.0.0.1',
    key: 'secret',
    signature_scheme: 'hmac-sha256',
    kernel_name: 'descent',
  },
};

function read(content: unknown): ReturnType<typeof readConnection> {
  writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content));
  return readConnection(file);
}

describe('readConnection', () => {
  it('reads what Jupyter writes', () => {
    expect(read(GOOD)).toEqual({
      ...{ transport: 'tcp', ip: '127.0.0.1', key: 'secret', signatureScheme: 'hmac-sha256' },
      ports: { shell: 1001, control: 1002, iopub: 1003, stdin: 1004, hb: 1005 },
    });
  });

  it('takes the defaults of the specification for what is left out, and keys for encryption', () => {
    const { transport: _transport, ip: _ip, signature_scheme: _scheme, ...rest } = GOOD;
    const keys = { curve_publickey: PUBLIC, curve_secretkey: SECRET };
    expect(read({ ...rest, key: '', ...keys })).toMatchObject({
      ...{ transport: 'tcp', ip: '127.0.0.1', key: '', signatureScheme: 'hmac-sha256' },
      curve: { publicKey: PUBLIC, secretKey: SECRET },
    });
  });

  it.each([
    ['', 'not JSON'],
    ['{"shell_port": 1', 'not JSON'],
    ['null', 'not a JSON object'],
    ['[]', 'not a JSON object'],
    [{}, 'key is missing'],
    [{ ...GOOD, key: undefined }, 'key is missing, expected a string'],
    [{ ...GOOD, key: 7 }, 'key is 7, expected a string'],
    [{ ...GOOD, shell_port: undefined }, 'shell_port is missing, expected a port from 1 to 65535'],
    [{ ...GOOD, hb_port: '1005' }, 'hb_port is "1005", expected a port'],
    [{ ...GOOD, iopub_port: 65_536 }, 'iopub_port is 65536, expected a port'],
    [{ ...GOOD, iopub_port: 0 }, 'iopub_port is 0, expected a port'],
    [{ ...GOOD, stdin_port: 1.5 }, 'stdin_port is 1.5, expected a port'],
    [{ ...GOOD, control_port: null }, 'control_port is null, expected a port'],
    [{ ...GOOD, transport: 'inproc' }, 'transport is "inproc", expected "tcp" or "ipc"'],
    [{ ...GOOD, ip: {} }, 'ip is {}, expected a string'],
    [{ ...GOOD, signature_scheme: 'none' }, 'signature_scheme is "none", expected "hmac-sha256"'],
    [{ ...GOOD, signature_scheme: 'hmac-nope' }, 'signature_scheme is "hmac-nope", expected "hmac-sha256"'],
    [{ ...GOOD, key: '', signature_scheme: 'hmac-nope' }, 'signature_scheme is "hmac-nope"'],
    [{ ...GOOD, curve_publickey: PUBLIC }, 'curve_secretkey is missing, expected a string'],
    [
      { ...GOOD, curve_publickey: 'short', curve_secretkey: SECRET },
      'curve_publickey has 5 characters that are no key, expected 40 characters of Z85',
    ],
    [
      { ...GOOD, curve_publickey: PUBLIC, curve_secretkey: ' '.repeat(40) },
      'curve_secretkey has 40 characters that are no key',
    ],
    // "#####" stands for 85⁵ − 1, more than four bytes hold.
    [
      { ...GOOD, curve_publickey: '#'.repeat(40), curve_secretkey: SECRET },
      'curve_publickey has 40 characters that are no key',
    ],
  ])('refuses %j', (content, reason) => {
    expect(() => read(content)).toThrow(`connection file ${file}: ${reason}`);
  });

  it('names a file that is not there', () => {
    expect(() => readConnection(join(folder, 'nowhere.json'))).toThrow(/nowhere\.json: ENOENT/);
  });
});

describe('endpoint', () => {
  it('joins ip and port as the transport has it', () => {
    expect(endpoint(read(GOOD), 'iopub')).toBe('tcp://127.0.0.1:1003');
    expect(endpoint(read({ ...GOOD, transport: 'ipc', ip: '/tmp/kernel' }), 'hb')).toBe(
      'ipc:///tmp/kernel-1005',
    );
  });
});
