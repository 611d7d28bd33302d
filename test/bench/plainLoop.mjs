// The loop of the benchmark without any kernel: at the top level of `node plain.cjs`, and of a script
// (as `node:vm` and a browser run one), where top-level names are global bindings.
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

const LOOP = 'const begin = performance.now(); let sum = 0; for (let i = 0; i < 1e7; i++) sum += i; ';

function best(node, file, source) {
  writeFileSync(file, source);
  const times = [];
  for (let run = 0; run < 5; run++) {
    times.push(Number(execFileSync(node, [file], { encoding: 'utf8', timeout: 60_000 })));
  }
  return Math.min(...times);
}

/** Best of five runs each, in milliseconds. */
export function measurePlain(node, folder) {
  const script = JSON.stringify(`${LOOP}performance.now() - begin`);
  return {
    node: execFileSync(node, ['--version'], { encoding: 'utf8' }).trim(),
    module_ms: best(node, join(folder, 'plain.cjs'), `${LOOP}console.log(performance.now() - begin);\n`),
    script_ms: best(
      node,
      join(folder, 'script.cjs'),
      `console.log(require('node:vm').runInThisContext(${script}));\n`,
    ),
  };
}
