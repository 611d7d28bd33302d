// What computes: processes of Node on one back end each, and PyTorch where Python has it. They are asked in turns.
import { execFileSync, fork, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

const FOLDER = import.meta.dirname;

/** A process of Node on that back end, or undefined where it does not start. */
export async function startNode(name, quiet = false) {
  const options = {
    execArgv: [...process.execArgv, '--expose-gc'],
    stdio: ['ignore', 'inherit', 'pipe', 'ipc'],
  };
  const child = fork(join(FOLDER, 'worker.mjs'), [name], options);
  if (!quiet) child.stderr.pipe(process.stderr);
  else child.stderr.resume();
  const first = await Promise.race([once(child, 'message'), once(child, 'exit').then(() => undefined)]);
  if (first === undefined) return undefined;
  return {
    ready: first[0].ready,
    async ask(question) {
      const answer = once(child, 'message');
      child.send(question);
      return (await answer)[0];
    },
    stop: () => child.kill(),
  };
}

function pythonWithTorch() {
  const python = process.env.PYTHON ?? 'python3';
  try {
    execFileSync(python, ['-c', 'import torch'], { stdio: 'ignore', timeout: 60_000 });
    return python;
  } catch {
    return undefined;
  }
}

/** PyTorch on that many threads, or undefined where `$PYTHON`, or python3, has none. */
export async function startTorch(threads) {
  const python = pythonWithTorch();
  if (python === undefined) return undefined;
  const child = spawn(python, [join(FOLDER, 'pytorch.py'), String(threads)], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const next = async () => JSON.parse((await lines.next()).value);
  const { started } = await next();
  return {
    version: started,
    ask({ options = {}, ...question }) {
      child.stdin.write(`${JSON.stringify({ ...question, options })}\n`);
      return next();
    },
    stop: () => child.kill(),
  };
}
