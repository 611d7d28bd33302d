// Compiles src/backend/assembly, AssemblyScript, to the wasm modules of the embedded engine: one for every Node, one
// with relaxed SIMD (fused multiply-add), which Node has from 22 on.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import asc from 'assemblyscript/asc';

const VARIANTS = { plain: [], relaxed: ['--enable', 'relaxed-simd'] };
/** The module lives in the memory of another: no memory, data, stack or runtime of its own. */
const OPTIONS = `--optimizeLevel 3 --shrinkLevel 0 --noAssert --runtime stub
  --importMemory --noExportMemory --enable simd`.split(/\s+/);

/** Vectors pass between functions of the module alone. */
const EXPECTED = /AS112/;

/** Writes plain.wasm and relaxed.wasm into `folder`. */
export async function buildAssembly(folder) {
  mkdirSync(folder, { recursive: true });
  for (const [name, features] of Object.entries(VARIANTS)) {
    const args = [
      'src/backend/assembly/index.ts',
      '-o',
      join(folder, `${name}.wasm`),
      ...OPTIONS,
      ...features,
    ];
    const { error, stderr } = await asc.main(args);
    const complaints = stderr
      .toString()
      .split(/\n\n(?=\S)/)
      .filter((text) => text.trim() !== '' && !EXPECTED.test(text));
    if (error || complaints.length > 0)
      throw new Error(`AssemblyScript: ${complaints.join('\n\n') || error.message}`);
  }
}
