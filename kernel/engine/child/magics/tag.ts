import type { Commands } from './commands.ts';

/** The tag of zx. */
export function shellTag(commands: Commands): unknown {
  const { $ } = require('zx/core') as typeof import('zx/core');
  // zx goes on in the folder that it was loaded in.
  const folder = process.cwd();
  $.spawn = ((program: string, args: readonly string[], options: { cwd?: string }) =>
    commands.spawn(program, args, {
      ...options,
      cwd: options.cwd === undefined || options.cwd === folder ? process.cwd() : options.cwd,
    })) as typeof $.spawn;
  return $;
}
