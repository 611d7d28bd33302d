import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildSync } from 'esbuild';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { checkReplaceable, realTarget, replaceFile } from '../../../kernel/cli/files.ts';

let folder: string;
beforeEach(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'descent-files-')));
});
afterEach(() => rmSync(folder, { recursive: true }));

const at = (...names: string[]): string => join(folder, ...names);
const windows = process.platform === 'win32';

describe('replaceFile', () => {
  it('writes a file and leaves nothing else behind', async () => {
    await replaceFile(at('a'), 'one');
    await replaceFile(at('a'), 'two');
    expect(readFileSync(at('a'), 'utf8')).toBe('two');
    expect(readdirSync(folder)).toEqual(['a']);
  });

  it.skipIf(windows)(
    'keeps the mode of a file, also against the umask, and gives a new one its own',
    async () => {
      writeFileSync(at('a'), '');
      for (const mode of [0o666, 0o600]) {
        chmodSync(at('a'), mode);
        await replaceFile(at('a'), 'new');
        expect(statSync(at('a')).mode & 0o777).toBe(mode);
      }
      await replaceFile(at('b'), 'new', 0o600);
      expect(statSync(at('b')).mode & 0o777).toBe(0o600);
    },
  );

  it.skipIf(windows)('writes through links, also to a file that is not there yet', async () => {
    mkdirSync(at('real'));
    symlinkSync('real', at('linked'));
    symlinkSync('../none', at('real', 'link'));
    await replaceFile(at('linked', 'link'), 'new');
    expect(lstatSync(at('real', 'link')).isSymbolicLink()).toBe(true);
    expect(readFileSync(at('none'), 'utf8')).toBe('new');
    expect(readdirSync(folder).sort()).toEqual(['linked', 'none', 'real']);
  });

  it('takes a name as long as a name can be', async () => {
    const name = 'n'.repeat(255);
    await replaceFile(at(name), 'new');
    expect(readdirSync(folder)).toEqual([name]);
  });

  it('replaces only files, and leaves nothing behind when it fails', async () => {
    mkdirSync(at('a'));
    await expect(replaceFile(at('a'), 'new')).rejects.toThrow('it is a folder');
    await expect(replaceFile(at('none', 'a'), 'new')).rejects.toThrow('ENOENT');
    expect(readdirSync(folder)).toEqual(['a']);
    if (windows) return;
    symlinkSync('/dev/null', at('null'));
    await expect(replaceFile(at('null'), 'new')).rejects.toThrow('it is not a regular file');
    symlinkSync('loop', at('loop'));
    await expect(replaceFile(at('loop'), 'new')).rejects.toThrow('ELOOP');
  });

  it('leaves nothing behind when the program ends meanwhile', () => {
    const contents = `
      import { readdirSync } from 'node:fs';
      import { replaceFile } from './files.ts';
      replaceFile('a', 'x'.repeat(1e8));
      const look = () => (readdirSync('.').length > 0 ? process.exit(7) : setTimeout(look, 0));
      look();`;
    const resolveDir = fileURLToPath(new URL('../../../kernel/cli', import.meta.url));
    const bundle = buildSync({
      ...{ stdin: { contents, resolveDir, loader: 'ts' }, bundle: true, write: false },
      ...{ platform: 'node', format: 'esm' },
    });
    const script = bundle.outputFiles[0]?.text ?? '';
    const { status } = spawnSync(process.execPath, ['--input-type=module', '-e', script], {
      cwd: folder,
      timeout: 20_000,
    });
    expect(status).toBe(7);
    expect(readdirSync(folder)).toEqual([]);
  });
});

describe('checkReplaceable', () => {
  it('knows what replaceFile would say, and changes nothing', async () => {
    await checkReplaceable(at('a'));
    expect(readdirSync(folder)).toEqual([]);
    mkdirSync(at('a'));
    await expect(checkReplaceable(at('a'))).rejects.toThrow('it is a folder');
    await expect(checkReplaceable(at('none', 'a'))).rejects.toThrow('ENOENT');
    if (existsSync('/proc/self')) await expect(checkReplaceable('/proc/a')).rejects.toThrow('ENOENT');
  });
});

describe('realTarget', () => {
  it.skipIf(windows)('follows links in what is there, and keeps the rest', async () => {
    mkdirSync(at('real'));
    symlinkSync('real', at('linked'));
    expect(await realTarget(at('linked', 'deep', 'a'))).toBe(at('real', 'deep', 'a'));
  });
});
