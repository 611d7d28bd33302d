const REASONS: Readonly<Record<string, string>> = {
  ENOENT: 'no such file or folder',
  EISDIR: 'it is a folder',
  ENOTDIR: 'a part of the path is not a folder',
  EACCES: 'permission denied',
  EPERM: 'permission denied',
};

/** Why a file could not be read or written, to be read after a colon: without the path and Node's code. */
export function reasonOf(cause: unknown): string {
  if (!(cause instanceof Error)) return String(cause);
  const code = 'code' in cause ? String(cause.code) : '';
  // Node says "ENOSPC: no space left on device, write".
  return REASONS[code] ?? /^[A-Z0-9_]+: ([^,]+),/.exec(cause.message)?.[1] ?? cause.message;
}
