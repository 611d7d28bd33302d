import { rmSync } from 'node:fs';
import { onTestFinished } from 'vitest';
import { type ConnectionFile, createConnectionFile } from '../../../kernel/client/connectionFile.ts';

/** A connection file whose folder is removed at the end of the test. */
export async function connectionFile(): Promise<ConnectionFile> {
  const made = await createConnectionFile();
  onTestFinished(() => rmSync(made.folder, { recursive: true, force: true }));
  return made;
}
