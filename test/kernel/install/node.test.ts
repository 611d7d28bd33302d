import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { chooseNode } from '../../../kernel/install/node.ts';

let root: string;
beforeEach(() => {
  root = realpathSync(mkdtempSync(join(tmpdir(), 'descent-node-')));
});
afterEach(() => rmSync(root, { recursive: true }));

function file(...path: string[]): string {
  const target = join(root, ...path);
  mkdirSync(dirname(target), { recursive: true });
  writeFileSync(target, '');
  return target;
}

function link(target: string, ...path: string[]): string {
  const from = join(root, ...path);
  mkdirSync(dirname(from), { recursive: true });
  symlinkSync(target, from);
  return from;
}

describe.skipIf(process.platform === 'win32')('chooseNode', () => {
  it("prefers Homebrew's link to the Cellar", () => {
    const node = file('Cellar', 'node', '22.12.0', 'bin', 'node');
    const stable = link(node, 'opt', 'node', 'bin', 'node');
    expect(chooseNode(node, `${dirname(node)}:${dirname(stable)}`)).toEqual({ path: stable, stable: true });
  });

  it('says that a path of nvm belongs to one version', () => {
    const node = file('.nvm', 'versions', 'node', 'v20.19.0', 'bin', 'node');
    expect(chooseNode(node, dirname(node))).toEqual({ path: node, stable: false });
  });

  it("does not take fnm's link, which lives as long as one shell", () => {
    const node = file('fnm', 'node-versions', 'v22.12.0', 'installation', 'bin', 'node');
    const shell = link(node, 'fnm_multishells', '123_456', 'bin', 'node');
    expect(chooseNode(node, dirname(shell)).path).toBe(node);
  });

  it('does not take another Node that is first on PATH', () => {
    const node = file('usr', 'bin', 'node');
    const other = file('other', 'bin', 'node');
    expect(chooseNode(node, `${dirname(other)}:${dirname(node)}`)).toEqual({ path: node, stable: true });
  });
});
