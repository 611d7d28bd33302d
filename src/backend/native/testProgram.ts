// Tests native TensorFlow in a process of its own, which it may end. Prints one line of JSON: what it found, or the
// `problem`.
import { firstLine } from '../report.ts';
import { backend } from '../select.ts';
import { testBackend } from './selfTest.ts';

async function main(): Promise<void> {
  try {
    await backend.use('tensorflow');
    console.log(JSON.stringify(testBackend()));
  } catch (thrown) {
    console.log(JSON.stringify({ problem: firstLine(thrown) }));
    process.exitCode = 1;
  }
}

void main();
