import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** Writes a file below a folder, with the folders that it needs. */
export function writeBelow(folder: string, path: string, text: string | Uint8Array): void {
  const file = join(folder, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
}

/** Writes files below a folder: paths and their texts. */
export function writeFiles(folder: string, files: Readonly<Record<string, string | Uint8Array>>): void {
  for (const [path, text] of Object.entries(files)) writeBelow(folder, path, text);
}

/** A folder as notebooks lie in: local modules, data, and two installed packages, the scoped one without types. */
export const PROJECT: Readonly<Record<string, string>> = {
  'helpers.ts':
    'export const helper = 1;\n/** Helps. */\nexport function help(a: number): string { return String(a) }\nexport interface Shape { sides: number }\n',
  'lib/tools.ts': 'export const tool = 2; export default class Kit { part = 1 }\n',
  'lib/deep/inner.ts': 'export const inner = 3;\n',
  'lib/data.json': '{"rows": [1], "title": "t"}',
  'data.json': '{"rows": [1, 2], "title": "t"}',
  'notes.txt': 'n',
  'old.js': 'exports.old = 1;\n',
  'package.json': '{"name":"notebooks","dependencies":{"typed-pack":"1.0.0","@scope/plain":"1.0.0"}}',
  'node_modules/typed-pack/package.json':
    '{"name":"typed-pack","version":"1.0.0","types":"index.d.ts","main":"index.js"}',
  'node_modules/typed-pack/index.d.ts':
    '/** Packs. */\nexport declare function packed(a: number): { packing: string };\nexport declare const version: string;\n',
  'node_modules/typed-pack/index.js':
    'exports.packed = (a) => ({ packing: String(a) }); exports.version = "1";\n',
  'node_modules/@scope/plain/package.json': '{"name":"@scope/plain","version":"1.0.0","main":"index.js"}',
  'node_modules/@scope/plain/index.js': 'exports.plainly = () => ({ deep: 1 }); exports.size = 3;\n',
};
