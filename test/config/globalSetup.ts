import { execFileSync } from 'node:child_process';

/** Kernel tests spawn the built program: build it once before the run (DESCENT_SKIP_BUILD=1 keeps dist). */
export default function setup(): void {
  if (process.env.DESCENT_SKIP_BUILD === '1') return;
  execFileSync(process.execPath, ['.config/build.mjs'], { stdio: 'inherit' });
}
