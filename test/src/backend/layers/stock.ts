// Run by node as a program of its own: what stock tfjs-layers does.
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { build } from 'esbuild';

/** What the program `stock.<name>.ts` of a folder beside this one prints, as JSON, with stock packages. */
export async function stock(name: string, area = 'layers'): Promise<unknown> {
  const folder = join(import.meta.dirname, '../../../../node_modules/.cache/descent-test');
  const outfile = join(folder, `stock-${name}.mjs`);
  await build({
    entryPoints: [join(import.meta.dirname, '..', area, `stock.${name}.ts`)],
    outfile,
    bundle: true,
    packages: 'external',
    format: 'esm',
    platform: 'node',
  });
  const { stdout } = await promisify(execFile)(process.execPath, [outfile]);
  return JSON.parse(stdout.trim().split('\n').at(-1)!);
}
