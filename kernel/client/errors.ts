/** How a kernel's process ended, with the end of what it wrote to stderr. */
export interface Exit {
  code: number | null;
  signal: NodeJS.Signals | null;
  stderr: string;
}

/** `with exit code 3`, `by SIGKILL`: to be read after "ended". */
function describeExit(exit: Exit): string {
  if (exit.signal) return `by ${exit.signal}`;
  return exit.code === null ? 'without a code' : `with exit code ${exit.code}`;
}

/** The line that says most: the last one that names an error, else the last. */
export function tellingLine(text: string): string {
  const lines = text.split('\n').map((line) => line.trim());
  return lines.findLast((each) => /^\w*Error\b|^descent: /.test(each)) ?? lines.findLast(Boolean) ?? '';
}

/** The kernel's process ended while something waited for it. */
export class KernelDiedError extends Error {
  override name = 'KernelDiedError';
  readonly exit: Exit;

  constructor(exit: Exit) {
    const line = tellingLine(exit.stderr);
    super(`the kernel ended ${describeExit(exit)}${line && `: ${line}`}`);
    this.exit = exit;
  }
}

/** The kernel did not start. */
export class KernelStartError extends Error {
  override name = 'KernelStartError';
}

/** The kernel did not answer, or a cell did not end, within the time given. */
export class KernelTimeoutError extends Error {
  override name = 'KernelTimeoutError';
  /** In milliseconds. */
  readonly timeout: number;

  constructor(what: string, timeout: number) {
    super(`${what} within ${timeout / 1000} s`);
    this.timeout = timeout;
  }
}

/** The client was closed while something waited for the kernel. */
export class ClientClosedError extends Error {
  override name = 'ClientClosedError';

  constructor() {
    super('the connection to the kernel was closed');
  }
}
