/** A link to a declaration's file leads nowhere from a front-end. */
export const withoutFiles = (markdown = ''): string =>
  markdown.replaceAll(/\[([^\]]*)\]\(file:[^)]*\)/g, '`$1`');

/** `import("/…/.descent-cell-3").Point` → `Point`, and no word of how names reach a cell. */
export const withoutModules = (text: string): string =>
  text
    .replaceAll(/import\("[^"]*\.descent-cell(?:-\d+)?(?:\.ts)?"\)\./g, '')
    .replaceAll(/import\("[^"]*\/dist\/src\/(\w+)\/index"\)/g, '$1')
    .replaceAll(/^\(alias\) /gm, '')
    .replaceAll(/\nimport [\w$]+$/g, '');
