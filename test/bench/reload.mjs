// What editing local files costs a long session: a cell that imports a tree of three modules (20 KB of code and
// an array of 100 KB) is run again after each of 1,000 edits, and the memory of the runtime is read between.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { clientOf } from './client.mjs';

const functions = Array.from(
  { length: 300 },
  (_, index) => `export function scale${index}(a: number, b: number): number { return a * ${index} + b; }`,
).join('\n');

function edit(folder, edition) {
  const files = {
    'data.ts': `export const big: Float64Array = new Float64Array(12_800).fill(${edition});\n${functions}`,
    'middle.ts': `import { big } from './data.ts';\nexport const first: number = big[0]!;\nexport { big };`,
    'model.ts': `export * from './middle.js';\nexport const edition: number = ${edition};`,
  };
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
}

// `import` in a cell keeps its names, and with them the last version; so does every kernel.
const IMPORT = "import { big, edition, first } from './model.ts'; [edition, first].join()";
const MEMORY = `{
  const { setFlagsFromString } = require('node:v8');
  setFlagsFromString('--expose-gc');
  const collect = require('node:vm').runInNewContext('gc');
  for (let round = 0; round < 3; round += 1) { collect(); await new Promise((done) => setTimeout(done, 10)); }
}
(({ rss, heapUsed, arrayBuffers }) => [rss, heapUsed, arrayBuffers].join())(process.memoryUsage())`;

async function textOf(client, code) {
  const { outputs, error } = await client.execute(code, { timeout: 60_000 });
  if (error) throw new Error(`${error.ename}: ${error.evalue}`);
  return outputs.find((output) => output.output_type === 'execute_result').data['text/plain'].slice(1, -1);
}

async function memoryOf(client) {
  const [rss, heap, buffers] = (await textOf(client, MEMORY)).split(',').map((bytes) => bytes / 1e6);
  return { rss, heap, buffers };
}

export async function main(args) {
  const { values } = parseArgs({ args, options: { reloads: { type: 'string', default: '1000' } } });
  const reloads = Number(values.reloads);
  if (!(Number.isInteger(reloads) && reloads > 0)) {
    throw new RangeError(`--reloads is ${values.reloads}; it must be a whole number from 1 on`);
  }
  const { startKernel } = await clientOf();
  const folder = mkdtempSync(join(tmpdir(), 'descent-reload-'));
  const client = await startKernel({ cwd: folder, env: { DESCENT_HISTORY: join(folder, 'history.jsonl') } });
  try {
    console.log('reloads  RSS MB  heap MB  buffers MB');
    for (let edition = 0; edition <= reloads; edition += 1) {
      edit(folder, edition);
      const text = await textOf(client, IMPORT);
      if (text !== `${edition},${edition}`) throw new Error(`edition ${edition} came as ${text}`);
      const isMeasured = edition === 10 || edition % Math.ceil(reloads / 4) === 0;
      if (!isMeasured) continue;
      const { rss, heap, buffers } = await memoryOf(client);
      const columns = [
        [edition, 7, 0],
        [rss, 6, 1],
        [heap, 7, 1],
        [buffers, 10, 1],
      ];
      console.log(columns.map(([value, width, digits]) => value.toFixed(digits).padStart(width)).join('  '));
    }
  } finally {
    await client.kill();
    rmSync(folder, { recursive: true, force: true });
  }
}
