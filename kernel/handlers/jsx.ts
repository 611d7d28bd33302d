import { createRequire } from 'node:module';
import { compilerOptionsOf, forgetTsconfigs, readTsconfigBy } from '../engine/child/tsconfig.ts';

/** What the tsconfig.json around a cell says about JSX; undefined where it says nothing. */
export function jsxOptions(file: string): Readonly<Record<string, unknown>> | undefined {
  readTsconfigBy(createRequire(import.meta.url));
  forgetTsconfigs();
  const options = Object.entries(compilerOptionsOf(file)).filter(([name]) => name.startsWith('jsx'));
  return options.length === 0 ? undefined : Object.fromEntries(options);
}
