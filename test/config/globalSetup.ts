import { execFileSync } from 'node:child_process';
import { makeSheet } from '../frontends/gallery/sheet.ts';

/**
 * Kernel tests spawn the built program: build it once before the run (DESCENT_SKIP_BUILD=1 keeps dist).
 * After it, the pictures that the front-ends' tests took are put together.
 */
export default function setup(): () => Promise<void> {
  const start = Date.now();
  if (process.env.DESCENT_SKIP_BUILD !== '1') {
    execFileSync(process.execPath, ['.config/build.mjs'], { stdio: 'inherit' });
  }
  return () => makeSheet(start);
}
