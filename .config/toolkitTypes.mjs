import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Declares what cells find preloaded of the toolkit, from the table of src/preload.ts. Each name is the global
 * of a module, which makes it what the module exports: a namespace with its types, not just a value.
 */
export function writeToolkitTypes(folder, preloads, source) {
  mkdirSync(join(folder, 'toolkit'), { recursive: true });
  const names = Object.entries(preloads).map(([name, { module, export: member }]) => {
    const imported = member === undefined ? `* as ${name}` : `{ ${member} as ${name} }`;
    const from = `../${source}/${module}/index.js`;
    writeFileSync(
      join(folder, 'toolkit', `${name}.d.ts`),
      `import ${imported} from '${from}';\nexport = ${name};\nexport as namespace ${name};\n`,
    );
    return name;
  });
  const references = names.map((name) => `/// <reference path="./toolkit/${name}.d.ts" />\n`);
  writeFileSync(join(folder, 'toolkit.d.ts'), references.join(''));
}
