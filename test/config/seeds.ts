// Draws are the same in every run: those of Math.random, which the weights and shuffles of tfjs begin from where they
// have no seed, and the cases of property tests. `DESCENT_TEST_SEED=7 npm test` draws others.
import fc from 'fast-check';
import { expect } from 'vitest';
import { random } from '../../src/core/random.ts';

/** FNV-1a, 32 bits. */
function hash(text: string): number {
  let bits = 0x811c9dc5;
  for (const character of text) bits = Math.imul(bits ^ character.codePointAt(0)!, 0x01000193);
  return bits >>> 0;
}

const given = process.env.DESCENT_TEST_SEED ?? '0';
// Files have draws of their own, as they run beside each other and name things by chance.
const file = expect.getState().testPath?.slice(process.cwd().length) ?? '';
const seed = hash(`${given} ${file}`);
const { uniform } = random(seed);
Math.random = () => uniform();
fc.configureGlobal({ seed: seed | 0 });
