// Compiles AssemblyScript. src/backend/assembly becomes the wasm modules of the embedded engine: one for every Node,
// one with relaxed SIMD (fused multiply-add), which Node has from 22 on. src/linear/assembly becomes one module: double
// precision is there for results that are the same everywhere.
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import asc from 'assemblyscript/asc';

const VARIANTS = { plain: [], relaxed: ['--enable', 'relaxed-simd'] };
/** A module works in the memory of its caller: no memory, data, stack or runtime of its own. */
const OPTIONS = `--optimizeLevel 3 --shrinkLevel 0 --noAssert --runtime stub
  --importMemory --noExportMemory --enable simd`.split(/\s+/);

/** Vectors pass between functions of the module alone. */
const EXPECTED = /AS112/;

const DATA_SECTION = 11;

/**
 * Static data, such as the tables of Math.log or an arrow function, would be written over what the caller
 * has at its addresses.
 *
 * @throws Error when the module has some
 */
function checkOwnsNothing(binary) {
  for (let at = 8; at < binary.length; ) {
    if (binary[at] === DATA_SECTION) throw new Error('AssemblyScript: the module has static data');
    let size = 0;
    let shift = 0;
    do {
      at += 1;
      size |= (binary[at] & 0x7f) << shift;
      shift += 7;
    } while (binary[at] & 0x80);
    at += 1 + size;
  }
}

async function compile(source, binary, features) {
  const { error, stderr } = await asc.main([source, '-o', binary, ...OPTIONS, ...features]);
  const complaints = stderr
    .toString()
    .split(/\n\n(?=\S)/)
    .filter((text) => text.trim() !== '' && !EXPECTED.test(text));
  if (error || complaints.length > 0)
    throw new Error(`AssemblyScript: ${complaints.join('\n\n') || error.message}`);
  checkOwnsNothing(readFileSync(binary));
}

/** Writes the modules into their folders of the built toolkit. */
export async function buildAssembly(toolkit) {
  const engine = join(toolkit, 'backend/engine');
  mkdirSync(engine, { recursive: true });
  for (const [name, features] of Object.entries(VARIANTS)) {
    await compile('src/backend/assembly/index.ts', join(engine, `${name}.wasm`), features);
  }
  await compile('src/linear/assembly/index.ts', join(toolkit, 'linear/kernels.wasm'), []);
}
