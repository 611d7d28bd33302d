import { rmSync } from 'node:fs';
import { program } from '../../client/program.ts';
import { commandName } from '../doctor/advice.ts';
import { errorLine } from '../errors.ts';
import { type Build, buildsFolder, findBuilds } from './folder.ts';
import { speedOf, testBuild } from './selfTest.ts';
import { removeLeftovers } from './work.ts';

const describe = ({ folder, manifest }: Build): string =>
  `TensorFlow ${manifest.version} in ${folder} (${Math.round(manifest.size / 1e6)} MB, from ${manifest.source})`;

/** `descent tensorflow remove` */
export async function remove(): Promise<number> {
  const builds = buildsFolder();
  const found = findBuilds(builds);
  removeLeftovers(builds);
  if (found.length === 0) throw new Error(`there is no native TensorFlow in ${builds}: nothing to remove`);
  for (const build of found) {
    try {
      rmSync(build.folder, { recursive: true });
    } catch (error) {
      throw new Error(`cannot remove ${build.folder}: ${errorLine(error)}; remove that folder by hand`);
    }
    process.stdout.write(`removed ${describe(build)}\n`);
  }
  return 0;
}

/** `descent tensorflow`: what is installed, and whether it works. */
export async function status(): Promise<number> {
  const [build] = findBuilds();
  const command = `${commandName(program())} tensorflow install`;
  if (!build) {
    process.stdout.write(`native TensorFlow is not installed; to install it: ${command}\n`);
    return 0;
  }
  process.stdout.write(`${describe(build)}\n`);
  try {
    const result = await testBuild(build.folder, new AbortController().signal);
    process.stdout.write(`  passes its test on ${result.device}: ${speedOf(result)}\n`);
    return 0;
  } catch (error) {
    throw new Error(`it does not pass its test: ${errorLine(error)}; make it anew: ${command}`);
  }
}
