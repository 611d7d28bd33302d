import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { tellingLine } from '../../client/errors.ts';
import { type Called, call } from './call.ts';
import { findPip } from './python.ts';

/** A wheel of 270 to 700 MB over a slow line. */
const DOWNLOAD_TIMEOUT = 60 * 60_000;
const PROGRESS_INTERVAL = 3000;

/** Pythons to ask for when there is no wheel for the one that runs: what is in it does not depend on it. */
const OTHER_PYTHONS = ['3.13', '3.12', '3.11', '3.10'];

export interface Download {
  /** `tensorflow-cpu==2.21.0` */
  requirement: string;
  /** Where the wheel comes to lie. */
  folder: string;
  /** For what is not ready yet, on the same disk. */
  temporary: string;
  signal: AbortSignal;
  tell(line: string): void;
}

function sizeOf(folder: string): number {
  let sum = 0;
  for (const name of readdirSync(folder, { recursive: true }) as string[]) {
    sum += statSync(join(folder, name), { throwIfNoEntry: false })?.size ?? 0;
  }
  return sum;
}

/** Tells from time to time how much there is. */
function follow({ folder, temporary, tell }: Download): () => void {
  let last = 0;
  const timer = setInterval(() => {
    try {
      const megabytes = Math.round((sizeOf(temporary) + sizeOf(folder)) / 1e6);
      if (megabytes > last) tell(`  ${megabytes} MB`);
      last = megabytes;
    } catch {
      // What was listed has been moved.
    }
  }, PROGRESS_INTERVAL);
  return () => clearInterval(timer);
}

const NO_NETWORK =
  /Failed to establish a new connection|NameResolutionError|Temporary failure in name resolution|Name or service not known|Network is unreachable|ProxyError|ConnectTimeout|Read timed out|Connection (?:refused|reset|aborted)|Max retries exceeded|SSLError/;

/** What a failed download means. */
function downloadProblem(requirement: string, { stdout, stderr, problem }: Called): string {
  const text = `${stdout}\n${stderr}`;
  if (problem !== undefined)
    return `pip ${problem}; try again, or download the wheel elsewhere and give it by --from`;
  if (/No space left on device/.test(text)) return 'the disk is full: free some space and try again';
  const versions = /\(from versions: (.*?)\)/.exec(text)?.[1];
  if (versions !== undefined && versions !== 'none') {
    return `there is no ${requirement} for this machine; pip offers ${versions}: choose one by --version`;
  }
  if (NO_NETWORK.test(text)) {
    return 'pip reaches no package index: check the network (and pip config list), or give a wheel or folder by --from';
  }
  if (versions === 'none') {
    return `pip finds no ${requirement} for this machine: check its index (pip config list), or give a wheel or folder by --from`;
  }
  return `pip download ${requirement} failed: ${tellingLine(stderr)}`;
}

const isNoMatch = (called: Called): boolean => /No matching distribution found/.test(called.stderr);

/** Downloads one wheel with pip and gives its path. */
export async function downloadWheel(download: Download): Promise<string> {
  const { requirement, folder, temporary, signal } = download;
  const pip = await findPip(signal);
  if (!pip) {
    throw new Error(
      'no pip found: install Python with pip (Debian, Ubuntu: apt-get install python3-pip), or give a folder by --from',
    );
  }
  const run = (more: readonly string[]): Promise<Called> =>
    call({
      program: pip.program,
      args: [
        ...pip.args,
        ...['download', '--no-deps', '--only-binary=:all:', '--no-input', '--disable-pip-version-check'],
        ...['--progress-bar', 'off', '--retries', '2', '--timeout', '30', '--dest', folder],
        ...more,
        requirement,
      ],
      env: { ...process.env, TMPDIR: temporary },
      timeout: DOWNLOAD_TIMEOUT,
      signal,
    });
  const stop = follow(download);
  try {
    const first = await run([]);
    let last = first;
    for (const version of OTHER_PYTHONS) {
      if (!isNoMatch(last) || NO_NETWORK.test(last.stderr)) break;
      last = await run(['--python-version', version]);
    }
    if (last.code !== 0) {
      // Each Python has versions of its own; those of the last are as good as any.
      throw new Error(
        downloadProblem(requirement, isNoMatch(last) ? last : last.code === null ? last : first),
      );
    }
  } finally {
    stop();
  }
  const wheel = readdirSync(folder).find((name) => name.endsWith('.whl'));
  if (wheel === undefined) throw new Error(`pip download ${requirement} gave no wheel`);
  return join(folder, wheel);
}
