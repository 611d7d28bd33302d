import {
  chmodSync,
  closeSync,
  constants,
  copyFileSync,
  existsSync,
  linkSync,
  mkdirSync,
  openSync,
  readSync,
  realpathSync,
} from 'node:fs';
import { join } from 'node:path';
import { elfArch } from './target.ts';

/** TensorFlow's libraries by the names under which they are linked, the best first; the second is a part of the first. */
const MAIN = ['libtensorflow_cc.so.2', 'libtensorflow.so.2', 'libtensorflow.so'];
const PART = ['libtensorflow_framework.so.2'];

/** Headers of the C API and of what it includes, in the wheels of all versions. */
const HEADERS =
  /^tensorflow\/include\/(?:tensorflow\/(?:c|core\/platform|tsl\/(?:c|platform))|tsl\/(?:c|platform)|xla\/tsl\/c)\/.*\.h$/;
const LIBRARY = /^tensorflow\/(libtensorflow_(?:cc|framework)\.so\.2)$/;
const NOTICES = /^tensorflow\/(THIRD_PARTY_NOTICES\.txt)$/;

/** Where a file of a wheel goes: libraries to lib, headers to include. */
export function placeInBuild(name: string): string | undefined {
  if (HEADERS.test(name)) return name.replace(/^tensorflow\//, '');
  const library = LIBRARY.exec(name)?.[1];
  if (library !== undefined) return join('lib', library);
  return NOTICES.exec(name)?.[1];
}

/** What the addon is compiled against. */
export interface Libraries {
  include: string;
  /** The folder of the libraries and their names there. */
  folder: string;
  names: string[];
}

function firstIn(folder: string, names: readonly string[]): string | undefined {
  return names.find((name) => existsSync(join(folder, name)));
}

/** What a folder holds: that of Python's package, or libtensorflow's C release; `lib` is another for the libraries. */
export function findLibraries(folder: string, lib: string = join(folder, 'lib')): Libraries {
  const include = join(folder, 'include');
  const at = [folder, lib].find((each) => firstIn(each, MAIN) !== undefined);
  const missing = at === undefined ? MAIN[0] : undefined;
  const header = join('tensorflow', 'c', 'c_api.h');
  const lacks = missing ?? (existsSync(join(include, header)) ? undefined : join('include', header));
  if (lacks !== undefined) {
    throw new Error(
      `${folder} has no ${lacks}: expected a folder with include/ and ${MAIN[0]}, as site-packages/tensorflow of a ` +
        'Python is, or libtensorflow as its C release has it (include/, lib/), or a wheel',
    );
  }
  const names = [firstIn(at!, MAIN)!, firstIn(at!, PART)].filter((name) => name !== undefined);
  for (const name of names) checkArch(join(at!, name));
  return { include, folder: at!, names };
}

function checkArch(path: string): void {
  const header = Buffer.alloc(20);
  const file = openSync(path, 'r');
  try {
    readSync(file, header);
  } finally {
    closeSync(file);
  }
  const arch = elfArch(header);
  if (arch === process.arch) return;
  const what = arch === undefined ? 'is no library of Linux' : `is for the processor ${arch}`;
  throw new Error(
    `${path} ${what}, this Node is for ${process.arch}: give a TensorFlow for ${process.arch} by --from`,
  );
}

/** The same bytes under another name: without space where the file system can, which outlives a removal of the source. */
function share(source: string, target: string): void {
  try {
    linkSync(source, target);
  } catch {
    copyFileSync(source, target, constants.COPYFILE_FICLONE);
    chmodSync(target, 0o755);
  }
}

/** Takes libraries over into `lib`, which a removal or a move of their own folder then leaves as they are. */
export function takeLibraries(found: Libraries, lib: string): Libraries {
  mkdirSync(lib, { recursive: true });
  for (const name of found.names) share(realpathSync(join(found.folder, name)), join(lib, name));
  // The C release's library calls itself so, whatever it is called there.
  if (found.names[0] === 'libtensorflow.so')
    share(join(lib, 'libtensorflow.so'), join(lib, 'libtensorflow.so.2'));
  return { ...found, folder: lib };
}
