import type { Node } from '../cells/ast.ts';
import { isFunctionLike, parser, patternNames, walk } from '../cells/ast.ts';
import { tooDeep } from '../cells/depth.ts';
import { mayHaveJsx } from '../cells/strip.ts';

/** What a cell that runs means for the types of those after it. */
export interface CellNames {
  /** The names of its top level; those that are exported in the source are so already. */
  declared: Map<string, DeclaredName>;
  /** What it assigns to, in any scope. */
  assigned: Set<string>;
  /** Variables whose type is written: their first value may say more. */
  annotated: Set<string>;
  /** It says something about the global scope or about other modules. */
  ambient: boolean;
  hasJsx: boolean;
}

export interface DeclaredName {
  /** What kind of name it is: a variable keeps its type when another cell assigns to it, a constant has none then. */
  kind: 'variable' | 'constant' | 'other';
  exported: boolean;
}

/** The names of a cell that parses; undefined for one that does not. */
export function cellNames(source: string): CellNames | undefined {
  if (tooDeep(source) !== undefined) return undefined;
  const parse = (lang: 'ts' | 'tsx') => parser().parseSync('cell.ts', source, { lang, sourceType: 'module' });
  let parsed = parse('ts');
  const hasJsx = parsed.errors.length > 0 && mayHaveJsx(source);
  if (hasJsx) parsed = parse('tsx');
  const { program, errors } = parsed;
  if (errors.length > 0) return undefined;
  const names: CellNames = {
    ...{ declared: new Map(), assigned: new Set(), annotated: new Set(), ambient: false, hasJsx },
  };
  for (const statement of program.body) declare(names, statement, false);
  walk(program, (node) => {
    assign(names.assigned, node);
    return undefined;
  });
  return names;
}

function declare(names: CellNames, node: Node, exported: boolean): void {
  const add = (name: string, kind: DeclaredName['kind']): void => {
    const known = names.declared.get(name);
    names.declared.set(name, {
      kind: known && known.kind !== kind ? 'other' : kind,
      exported: exported || (known?.exported ?? false),
    });
  };
  switch (node.type) {
    case 'ExportNamedDeclaration':
      if (node.declaration) declare(names, node.declaration, true);
      break;
    case 'ExportDefaultDeclaration':
      declare(names, node.declaration, false);
      break;
    case 'VariableDeclaration':
      for (const { id } of node.declarations) {
        const kind = node.kind === 'let' || node.kind === 'var' ? 'variable' : 'constant';
        for (const name of patternNames(id)) add(name, kind);
        if (id.type === 'Identifier' && id.typeAnnotation) names.annotated.add(id.name);
      }
      break;
    case 'FunctionDeclaration':
    case 'TSDeclareFunction':
      if (node.id) add(node.id.name, 'constant');
      break;
    case 'ClassDeclaration':
    case 'TSInterfaceDeclaration':
    case 'TSTypeAliasDeclaration':
    case 'TSEnumDeclaration':
    case 'TSImportEqualsDeclaration':
      if (node.id) add(node.id.name, 'other');
      break;
    case 'TSModuleDeclaration':
      if (node.kind === 'global' || node.id.type !== 'Identifier') names.ambient = true;
      else add(node.id.name, 'other');
      break;
    case 'ImportDeclaration':
      for (const { local } of node.specifiers) add(local.name, 'other');
      break;
    default:
      nestedVars(node, (name) => add(name, 'variable'));
  }
}

/** A `var` in a block belongs to the top level. */
function nestedVars(root: Node, add: (name: string) => void): void {
  walk(root, (node) => {
    if (isFunctionLike(node)) return false;
    if (node.type !== 'VariableDeclaration' || node.kind !== 'var') return true;
    for (const { id } of node.declarations) for (const name of patternNames(id)) add(name);
    return true;
  });
}

function assign(assigned: Set<string>, node: Node): void {
  if (node.type === 'AssignmentExpression') addTargets(assigned, node.left);
  else if (node.type === 'UpdateExpression') addTargets(assigned, node.argument);
  else if (node.type === 'ForOfStatement' || node.type === 'ForInStatement') addTargets(assigned, node.left);
}

function addTargets(assigned: Set<string>, target: Node): void {
  if (target.type === 'VariableDeclaration' || target.type === 'MemberExpression') return;
  for (const name of patternNames(target)) assigned.add(name);
}
