import { chmodSync, mkdtempSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { curveKeyPair, Dealer, Subscriber } from 'zeromq';
import { KernelClient } from '../../../kernel/client/client.ts';
import { KernelProcess } from '../../../kernel/client/process.ts';
import { kernelArgv } from '../../../kernel/client/program.ts';
import { endpoint } from '../../../kernel/connection.ts';
import { makeKernelspec } from '../../../kernel/install/kernelspec.ts';
import { connectionFile } from '../support/connections.ts';
import { kernels, resultOf } from '../support/kernels.ts';

const set = kernels();
const env = { DESCENT_HISTORY: join(set.folder, 'history.jsonl') };

describe.skipIf(process.platform === 'win32')('ipc', () => {
  it('serves cells and requests, with sockets named ip-port', async () => {
    const client = await set.start({ transport: 'ipc' });
    expect(endpoint(client.connection, 'shell')).toBe(`ipc://${client.connection.ip}-1`);
    expect(await resultOf(client, '6 * 7')).toBe('42');
    expect(await client.ping()).toBe(true);
    expect(await client.shutdown()).toMatchObject({ code: 0 });
  });
});

describe('CurveZMQ', () => {
  it('is claimed by the kernelspec', () => {
    expect(makeKernelspec([], 'Descent', {}).metadata).toMatchObject({ supported_encryption: ['curve'] });
  });

  it('encrypts all channels with the keys of the connection file, and serves nobody without them', async () => {
    const { connection, file } = await connectionFile();
    const keys = curveKeyPair();
    const fields = {
      ...{ transport: 'tcp', ip: connection.ip, key: connection.key, signature_scheme: 'hmac-sha256' },
      ...Object.fromEntries(Object.entries(connection.ports).map(([name, port]) => [`${name}_port`, port])),
      ...{ curve_publickey: keys.publicKey, curve_secretkey: keys.secretKey },
    };
    writeFileSync(file, JSON.stringify(fields));
    chmodSync(file, 0o600);
    const argv = kernelArgv().map((part) => part.replace('{connection_file}', file));
    const child = new KernelProcess(argv, { cwd: mkdtempSync(join(set.folder, 'curve-')), env });
    const client = await KernelClient.connect({ ...connection, curve: keys }, child);
    try {
      await client.ready(30_000);
      expect(await resultOf(client, '6 * 7')).toBe('42');
      expect(await client.ping()).toBe(true);

      const plain = await KernelClient.connect(connection);
      await expect(plain.request('shell', 'kernel_info_request', {}, { timeout: 1000 })).rejects.toThrow(
        'no reply',
      );
      plain.close();
      const others = curveKeyPair();
      const wrong = {
        curveServerKey: others.publicKey,
        curvePublicKey: others.publicKey,
        curveSecretKey: others.secretKey,
      };
      const beat = new Dealer({ linger: 0, receiveTimeout: 500, ...wrong });
      const listener = new Subscriber({ linger: 0, receiveTimeout: 500, ...wrong });
      beat.connect(endpoint(connection, 'hb'));
      listener.connect(endpoint(connection, 'iopub'));
      listener.subscribe('');
      await beat.send(['', 'beat']);
      expect(await resultOf(client, 'console.log("secret"); 1')).toBe('1');
      await expect(beat.receive()).rejects.toThrow();
      await expect(listener.receive()).rejects.toThrow();
      for (const socket of [beat, listener]) socket.close();
      expect(await client.shutdown()).toMatchObject({ code: 0 });
    } finally {
      await client.kill();
    }
  });
});
