import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { tellingLine } from '../../client/errors.ts';
import { findNpm } from '../../engine/child/magics/npmProgram.ts';
import { call } from './call.ts';
import { untar } from './untar.ts';

/** The version of tfjs-node's sources: that of the TensorFlow.js in use. */
export const TFJS_NODE = '4.22.0';

/** What tfjs-node is built from, each in the newest version that it takes. */
const PACKAGES = {
  '@tensorflow/tfjs-node': TFJS_NODE,
  'node-api-headers': '1.9.0',
  'google-protobuf': '3.21.4',
  progress: '2.0.3',
};

const FETCH_TIMEOUT = 5 * 60_000;

/** Fetches the packages with npm into `folder`/node_modules; none of their scripts run. */
export async function fetchSources(folder: string, signal: AbortSignal): Promise<void> {
  const npm = findNpm();
  if (!npm) throw new Error('no npm found: install it with Node (nodejs.org; Debian: apt-get install npm)');
  mkdirSync(folder, { recursive: true });
  // Without it npm would go by one in a folder above.
  writeFileSync(join(folder, 'package.json'), '{ "private": true, "type": "commonjs" }\n');
  const names = Object.entries(PACKAGES).map(([name, version]) => `${name}@${version}`);
  const retries = ['--fetch-retries=1', '--fetch-timeout=60000'];
  const quiet = ['--loglevel=error', '--ignore-scripts'];
  const { code, stdout, stderr, problem } = await call({
    program: npm.program,
    args: [...npm.args, 'pack', ...quiet, ...retries, '--pack-destination', folder, ...names],
    cwd: folder,
    timeout: FETCH_TIMEOUT,
    signal,
  });
  if (code !== 0) throw new Error(fetchProblem(problem, `${stdout}\n${stderr}`));
  for (const [name, version] of Object.entries(PACKAGES)) {
    const file = `${name.replace('@', '').replace('/', '-')}-${version}.tgz`;
    if (!readdirSync(folder).includes(file))
      throw new Error(`npm pack gave no ${file}: npm install -g npm may help`);
    untar(readFileSync(join(folder, file)), join(folder, 'node_modules', ...name.split('/')));
  }
}

/** What a failure of npm means. */
function fetchProblem(problem: string | undefined, text: string): string {
  if (problem !== undefined) return `npm ${problem}; try again`;
  if (/ENOSPC|no space left/i.test(text)) return 'the disk is full: free some space and try again';
  if (/ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ETIMEDOUT|ENETUNREACH|ECONNRESET|ERR_SOCKET_TIMEOUT/.test(text)) {
    return 'npm reaches no registry: check the network (and npm config get registry), then try again';
  }
  if (/E404|ETARGET/.test(text)) {
    return `npm's registry lacks @tensorflow/tfjs-node ${TFJS_NODE} or a package that it needs: check npm config get registry`;
  }
  return `npm pack failed: ${tellingLine(text.replaceAll('npm error', 'Error'))}`;
}
