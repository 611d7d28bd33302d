import { defineLazy } from '../preload.ts';
import type { Commands } from './commands.ts';

/** Preloads `$`, the tag of zx, loaded when a cell mentions it and has none of its own. */
export function defineShellTag(commands: Commands): void {
  defineLazy('$', () => {
    const { $ } = require('zx/core') as typeof import('zx/core');
    // zx goes on in the folder that it was loaded in.
    const folder = process.cwd();
    $.spawn = ((program: string, args: readonly string[], options: { cwd?: string }) =>
      commands.spawn(program, args, {
        ...options,
        cwd: options.cwd === undefined || options.cwd === folder ? process.cwd() : options.cwd,
      })) as typeof $.spawn;
    return $;
  });
}
