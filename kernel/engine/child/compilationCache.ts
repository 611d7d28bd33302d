/**
 * Compiles one of the user's files without V8's compilation cache, which never drops ES modules, and in newer
 * releases no CommonJS: each version of an edited file would stay for good. A termination skips the end; the
 * next file makes up for it.
 */
export function withoutCompilationCache<T>(compile: () => T): T {
  // Loaded with the first file: most notebooks have none.
  const { setFlagsFromString } = require('node:v8') as typeof import('node:v8');
  setFlagsFromString('--no-compilation-cache');
  try {
    return compile();
  } finally {
    setFlagsFromString('--compilation-cache');
  }
}
