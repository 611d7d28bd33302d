import { env } from '@tensorflow/tfjs-core';

/**
 * Runs a synchronous `load` without the notices that tfjs prints when a back end or a kernel is
 * registered twice. IS_TEST is the flag that tfjs itself checks before it prints.
 */
export function quietly<T>(load: () => T): T {
  const before = env().getBool('IS_TEST');
  env().set('IS_TEST', true);
  try {
    return load();
  } finally {
    env().set('IS_TEST', before);
  }
}
