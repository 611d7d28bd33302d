import { expect, test } from 'vitest';
import { checkMachine, type Machine, thisMachine } from '../../../../kernel/cli/tensorflow/target.ts';

const debian: Machine = { platform: 'linux', arch: 'x64', glibc: '2.36', features: 'fpu sse4_2 avx avx2' };

test('a machine that can', () => {
  expect(() => checkMachine(debian)).not.toThrow();
  expect(() => checkMachine({ ...debian, arch: 'arm64', features: undefined })).not.toThrow();
  expect(() => checkMachine(thisMachine())).not.toThrow();
});

test.each<[string, Partial<Machine>, string]>([
  ['Windows', { platform: 'win32' }, 'TensorFlow has no libraries for Windows; use WSL (wsl --install)'],
  [
    'macOS',
    { platform: 'darwin' },
    'this command is for Linux, this is macOS; npm install @tensorflow/tfjs-node',
  ],
  ['a processor', { arch: 'ia32' }, 'the processor is ia32, expected x64 or arm64; '],
  ['another C library', { glibc: undefined }, 'this Linux has no glibc; use a distribution with glibc'],
  ['an old processor', { features: 'fpu sse4_2' }, 'the processor has no AVX; '],
])('%s', (_what, difference, expected) => {
  expect(() => checkMachine({ ...debian, ...difference })).toThrow(
    `native TensorFlow cannot be installed: ${expected}`,
  );
});
