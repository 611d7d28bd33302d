import { rmSync, statSync } from 'node:fs';
import { afterEach, describe, expect, it } from 'vitest';
import { createConnectionFile } from '../../../kernel/client/connectionFile.ts';
import { readConnection } from '../../../kernel/connection.ts';

const folders: string[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
});

describe('createConnectionFile', () => {
  it.each(['tcp', 'ipc'] as const)('writes what the kernel reads, with %s', async (transport) => {
    const { file, folder, connection } = await createConnectionFile(transport);
    folders.push(folder);
    expect(readConnection(file)).toEqual(connection);
    expect(new Set(Object.values(connection.ports)).size).toBe(5);
    expect(connection.key).toMatch(/^[0-9a-f-]{36}$/);
  });

  it.skipIf(process.platform === 'win32')('is readable by this user alone', async () => {
    const { file, folder } = await createConnectionFile();
    folders.push(folder);
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(statSync(folder).mode & 0o777).toBe(0o700);
  });
});
