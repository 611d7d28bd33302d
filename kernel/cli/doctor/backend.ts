import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Program } from '../../client/program.ts';
import { repair } from './advice.ts';
import { askNode } from './programs.ts';
import type { Finding } from './types.ts';

const topic = 'Back end';

/** What the toolkit tells of the back end that it chose: src/backend/select.ts. */
interface Info {
  name: string;
  reason: string;
  version: string;
  device: string;
  from?: string;
  failures: { name: string; reason: string }[];
}

/** The choice, and what was tried before it. */
function judge({ name, reason, version, device, from, failures }: Info, fix: string): Finding[] {
  const where = from === undefined ? '' : ` in ${from}`;
  const text = `${name}: ${version} on ${device}${where}; ${reason}`;
  const isSlow = name === 'cpu' && process.env.DESCENT_BACKEND !== 'cpu';
  const chosen: Finding = isSlow
    ? { topic, status: 'problem', text: `${text} (slow)`, fix }
    : { topic, status: 'ok', text };
  // Beside a TensorFlow that loads another one is no problem.
  const status = name === 'tensorflow' ? 'note' : 'problem';
  return [
    chosen,
    ...failures.map(
      (each): Finding => ({ topic, status, text: `${each.name} did not start: ${each.reason}` }),
    ),
  ];
}

/** Starts the back end that a notebook in this folder would have. */
export async function checkBackend(program: Program): Promise<Finding[]> {
  const module = join(program.root, 'dist', 'src', 'backend', 'index.js');
  if (!existsSync(module)) return [{ topic, status: 'note', text: `not started: ${module} is missing` }];
  const code = `
    const { backend, tf } = await import(${JSON.stringify(pathToFileURL(module).href)});
    await backend.ready();
    const sum = tf.add(tf.tensor1d([1]), tf.tensor1d([2])).dataSync()[0];
    if (sum !== 3) throw new Error('1 + 2 gave ' + sum);
    console.log(JSON.stringify(backend.info()));`;
  const answer = await askNode(process.cwd(), code);
  const fix = process.env.DESCENT_BACKEND ? 'unset DESCENT_BACKEND' : repair(program);
  const last = answer.stdout.split('\n').at(-1) ?? '';
  if (answer.ok) return judge(JSON.parse(last) as Info, fix);
  return [{ topic, status: 'problem', text: `does not start: ${answer.problem}`, fix }];
}
