import type { Node } from './ast.ts';

type ImportDeclaration = Extract<Node, { type: 'ImportDeclaration' }>;

/** The hidden global through which a cell reaches its loader; no user name can collide with it. */
export const HIDDEN = '__descent__';

export interface RewrittenImport {
  code: string;
  names: string[];
}

/** The helper that oxc imports for `using`; the runtime has its own. */
const USING_HELPER = '@oxc-project/runtime/helpers/usingCtx';

/** An import to await: all but the helper of `using`. */
export const isLoaded = (node: ImportDeclaration): boolean => node.source.value !== USING_HELPER;

/**
 * `import a, { b as c } from 'x'` → `({ default: a, b: c } = await __descent__.import('x', [...]));`
 * The list holds the imported names that the cell uses as values: one that the module does not
 * export is an error there, as in an ES module; one that is only a type is not looked for.
 */
export function rewriteImport(
  node: ImportDeclaration,
  used: ReadonlySet<string>,
  alias: (name: string) => string,
): RewrittenImport {
  const specifier = JSON.stringify(node.source.value);
  const names = node.specifiers.map(({ local }) => local.name);
  if (!isLoaded(node)) {
    return { code: names.map((name) => `${name} = ${HIDDEN}.usingContext;`).join(' '), names };
  }
  const properties: string[] = [];
  const required: string[] = [];
  let namespace: string | undefined;
  for (const item of node.specifiers) {
    if (item.type === 'ImportNamespaceSpecifier') {
      namespace = alias(item.local.name);
      continue;
    }
    const imported = importedName(item);
    properties.push(`${JSON.stringify(imported)}: ${alias(item.local.name)}`);
    if (used.has(item.local.name)) required.push(imported);
  }
  const call = `await ${HIDDEN}.import(${specifier}, ${options(node)}, ${JSON.stringify(required)})`;
  if (!namespace) return { code: `({ ${properties.join(', ')} } = ${call});`, names };
  const rest = properties.length > 0 ? ` ({ ${properties.join(', ')} } = ${namespace});` : '';
  return { code: `${namespace} = ${call};${rest}`, names };
}

function importedName(
  item: Exclude<ImportDeclaration['specifiers'][number], { type: 'ImportNamespaceSpecifier' }>,
): string {
  if (item.type === 'ImportDefaultSpecifier') return 'default';
  return item.imported.type === 'Identifier' ? item.imported.name : item.imported.value;
}

function options({ attributes }: ImportDeclaration): string {
  const list = attributes.map(
    ({ key, value }) =>
      `${JSON.stringify(key.type === 'Identifier' ? key.name : key.value)}: ${JSON.stringify(value.value)}`,
  );
  return list.length > 0 ? `{ with: { ${list.join(', ')} } }` : 'undefined';
}

/**
 * `import { type A } from 'x'` is left as `import 'x'` when types are stripped. It is dropped like any
 * import of types alone, unless the source has a bare import of the module as well.
 */
export function isTypeOnly(node: ImportDeclaration, source: string): boolean {
  if (node.specifiers.length > 0) return false;
  const name = node.source.value.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&');
  return !new RegExp(`\\bimport\\s*(?:\\{\\s*\\}\\s*from\\s*)?['"\`]${name}['"]`).test(source);
}
