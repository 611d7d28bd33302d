/** What npm's errors mean and what to do. */

/** npm left with an exit code. */
export class NpmError extends Error {
  override name = 'NpmError';
  readonly exitCode: number;
  /** npm's own name of the error. */
  declare readonly code?: string;

  constructor(message: string, exitCode: number, code: string | undefined) {
    super(message);
    this.exitCode = exitCode;
    if (code !== undefined) this.code = code;
  }
}

const OFFLINE = 'the registry cannot be reached; is this computer online, and is a proxy needed?';
const FORBIDDEN = 'npm may not write there; see whose the folder is, or take another one';
const MEANINGS: Readonly<Record<string, string>> = {
  ...{
    ENOTFOUND: OFFLINE,
    EAI_AGAIN: OFFLINE,
    EAI_FAIL: OFFLINE,
    ECONNREFUSED: OFFLINE,
    ECONNRESET: OFFLINE,
  },
  ...{ ETIMEDOUT: OFFLINE, ENETUNREACH: OFFLINE, EHOSTUNREACH: OFFLINE, ERR_SOCKET_TIMEOUT: OFFLINE },
  ...{ EACCES: FORBIDDEN, EPERM: FORBIDDEN, EROFS: FORBIDDEN },
  E401: 'the registry wants a login: npm login, in a terminal',
  E403: 'the registry does not allow it',
  E404: 'there is no such package, or it is not public',
  ENOENT: 'a file or folder is not there',
  ENOSPC: 'the disk is full',
  ETARGET: 'there is no such version; %npm view <name> versions lists them',
  ERESOLVE: 'packages want different versions of the same one; --legacy-peer-deps installs them nevertheless',
  EINTEGRITY: 'a package is not what the lock file says; %npm cache verify may help',
  EJSONPARSE: 'package.json cannot be read as JSON',
};
/** Of these npm's own lines say which packages; of the others the first one says enough. */
const EXPLAINED_BY_NPM = new Set(['ERESOLVE', 'EJSONPARSE']);
const MAX_LINES = 12;

/** The error of npm's last words. */
export function npmError(command: string, exitCode: number, stderr: string): NpmError {
  const lines = stderr.split(/\r?\n/).flatMap((line) => {
    const [, text] = /^npm (?:error|ERR!) ?(.*)$/.exec(line) ?? [];
    return text === undefined ? [] : [text];
  });
  const code = lines.map((line) => /^code (\S+)$/.exec(line)?.[1]).find((found) => found !== undefined);
  const said = lines.filter(
    (line) =>
      line.trim() !== '' && !/^(?:code|errno|syscall|path|dest|A complete log|\s+\S*_logs\/) ?/.test(line),
  );
  const meaning = code === undefined ? undefined : MEANINGS[code];
  const isKnown = meaning !== undefined && !EXPLAINED_BY_NPM.has(code ?? '');
  const shown = said.slice(0, isKnown ? 1 : MAX_LINES).join('\n');
  const head = `${command} left with exit code ${exitCode}${code === undefined ? '' : ` (${code})`}`;
  const message = [meaning === undefined ? head : `${head}: ${meaning}`, shown].filter((part) => part !== '');
  return new NpmError(message.join('\n'), exitCode, code);
}
