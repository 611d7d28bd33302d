// The kernel's own client, which is TypeScript: the oldest Node does not read it.
import { mkdirSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';

const root = join(dirname(fileURLToPath(import.meta.url)), '../..');

export async function clientOf() {
  const outfile = join(root, `.cache/bench-client-${process.pid}.mjs`);
  mkdirSync(dirname(outfile), { recursive: true });
  const entry = join(root, 'kernel/client/start.ts');
  const options = { bundle: true, platform: 'node', format: 'esm', packages: 'external' };
  await build({ ...options, entryPoints: [entry], outfile, logLevel: 'warning' });
  try {
    return await import(pathToFileURL(outfile).href);
  } finally {
    rmSync(outfile);
  }
}
