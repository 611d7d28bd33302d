import { homedir } from 'node:os';
import { resolve } from 'node:path';

/** A path as the user writes it, quoted or from `~`. */
export function pathOf(text: string): string {
  const path = text.replace(/^(["'])(.*)\1$/s, '$2');
  return path === '~' || path.startsWith('~/') ? resolve(homedir(), path.slice(2)) : path;
}
