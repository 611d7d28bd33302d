#!/usr/bin/env node
import module from 'node:module';
import { setFlagsFromString } from 'node:v8';

// Node 22.8 and later: compiled code is kept between starts. The types are those of Node 20.
(module as { enableCompileCache?: () => unknown }).enableCompileCache?.();

async function main(): Promise<void> {
  const [command, file, ...rest] = process.argv.slice(2);
  if (command !== 'kernel' || file === undefined || file.startsWith('-') || rest.length > 0) {
    // A bundle of its own, beside this one.
    const commandLine = new URL('./commandLine.mjs', import.meta.url).href;
    const { runCommandLine } = (await import(commandLine)) as typeof import('./cli/commandLine.ts');
    return runCommandLine(process.argv);
  }
  // Functions that are called for the first time are soon called for each cell.
  setFlagsFromString('--no-lazy-feedback-allocation');
  // The way a front-end starts a kernel: nothing else is loaded, so that it is soon ready.
  const { runHost } = await import('./host.ts');
  return runHost(file);
}

// Also where a package is missing: the command line reports its own errors, but not that it is not there.
main().catch((error: Error) => {
  process.stderr.write(`descent: ${error.message.replaceAll(/\s*\n\s*/g, ' ')}\n`);
  process.exit(2);
});
