// Node loads CommonJS packages four times as fast by require() as by import, which first scans each file
// for its exports: with the megabytes of TensorFlow.js that is the larger part of the toolkit's start.
// The sources keep their typed imports; this rewrites them in the built modules.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import MagicString from 'magic-string';
import { parseSync } from 'oxc-parser';

const require = createRequire(import.meta.url);
const isTensorflow = (node) => node.source?.value.startsWith('@tensorflow/');
const nameOf = (node) => (node.type === 'Literal' ? node.value : node.name);
const HEAD =
  "import { createRequire as createTensorflowRequire } from 'node:module';\n" +
  'const requireTensorflow = createTensorflowRequire(import.meta.url);\n';

function importCode(node) {
  const load = `requireTensorflow(${JSON.stringify(node.source.value)})`;
  if (node.specifiers.length === 0) return `${load};`;
  const named = [];
  for (const item of node.specifiers) {
    if (item.type === 'ImportNamespaceSpecifier') return `const ${item.local.name} = ${load};`;
    const imported = item.type === 'ImportDefaultSpecifier' ? 'default' : nameOf(item.imported);
    named.push(`${imported}: ${item.local.name}`);
  }
  return `const { ${named.join(', ')} } = ${load};`;
}

/** `export *` leaves out the default, what the file exports itself, and what two packages export. */
function exportAllCode(node, own, count) {
  const load = `requireTensorflow(${JSON.stringify(node.source.value)})`;
  if (node.exported) return `export const ${nameOf(node.exported)} = ${load};`;
  const names = Object.keys(require(node.source.value)).filter(
    (name) => name !== 'default' && name !== '__esModule' && !own.has(name) && count.get(name) === 1,
  );
  // Under names of their own: the file may import some of them for itself.
  const local = (name) => `all${node.start}_${name}`;
  const constants = names.map((name) => `${name}: ${local(name)}`).join(', ');
  const exported = names.map((name) => `${local(name)} as ${name}`).join(', ');
  return `const { ${constants} } = ${load};\nexport { ${exported} };`;
}

function rewrite(path) {
  const code = readFileSync(path, 'utf8');
  if (!/(from|import) ['"]@tensorflow\//.test(code)) return;
  const { program, module } = parseSync(path, code, { sourceType: 'module' });
  const edit = new MagicString(code);
  const own = new Set(
    module.staticExports.flatMap(({ entries }) => entries.map(({ exportName }) => exportName.name)),
  );
  const all = program.body.filter((node) => node.type === 'ExportAllDeclaration' && isTensorflow(node));
  const count = new Map();
  for (const node of all.filter(({ exported }) => !exported)) {
    for (const name of Object.keys(require(node.source.value))) count.set(name, (count.get(name) ?? 0) + 1);
  }
  for (const node of program.body) {
    if (!isTensorflow(node)) continue;
    if (node.type === 'ImportDeclaration') edit.overwrite(node.start, node.end, importCode(node));
    if (node.type === 'ExportAllDeclaration')
      edit.overwrite(node.start, node.end, exportAllCode(node, own, count));
  }
  edit.prepend(HEAD);
  writeFileSync(path, edit.toString());
}

/** Rewrites all modules below a folder. */
export function requireTensorflow(folder) {
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (entry.isFile() && entry.name.endsWith('.js'))
      rewrite(join(entry.parentPath ?? entry.path, entry.name));
  }
}
