import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { kernelDirs, prefixDataDir, type Surroundings, userDataDir } from '../../../kernel/install/paths.ts';

const where = (platform: NodeJS.Platform, env: NodeJS.ProcessEnv = {}): Surroundings => ({
  platform,
  env,
  home: '/home/ada',
});

describe('userDataDir', () => {
  it.each([
    [where('linux'), '/home/ada/.local/share/jupyter'],
    [where('linux', { XDG_DATA_HOME: '/data' }), '/data/jupyter'],
    [where('linux', { XDG_DATA_HOME: '/data', JUPYTER_DATA_DIR: '/jupyter' }), '/jupyter'],
    [where('darwin', { XDG_DATA_HOME: '/data' }), '/home/ada/Library/Jupyter'],
    [where('win32', { APPDATA: '/appdata' }), '/appdata/jupyter'],
  ])('follows Jupyter for %o', (surroundings, expected) => {
    expect(userDataDir(surroundings)).toBe(join(expected));
  });
});

describe('kernelDirs', () => {
  it("lists Jupyter's folders once each, in its order", () => {
    const dirs = kernelDirs(where('linux', { JUPYTER_PATH: '/one:/two' }), '/usr');
    expect(dirs).toEqual(
      [
        '/one',
        '/two',
        '/home/ada/.local/share/jupyter',
        '/usr/share/jupyter',
        '/usr/local/share/jupyter',
      ].map((folder) => join(folder, 'kernels')),
    );
    expect(prefixDataDir('/usr')).toBe(join('/usr/share/jupyter'));
  });
});
