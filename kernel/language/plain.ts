import { type Node, parser, walk } from '../cells/ast.ts';
import { tooDeep } from '../cells/depth.ts';

const SIMPLE =
  /^[\p{ID_Start}$_][\p{ID_Continue}$]*(?:\s*\??\.\s*[\p{ID_Start}$_][\p{ID_Continue}$]*|\[\d+\])*$/u;

/** What is never evaluated for an answer, whatever it would do. */
const REFUSED = new Set([
  ...['AssignmentExpression', 'UpdateExpression', 'AwaitExpression', 'YieldExpression'],
  ...['ImportExpression', 'JSXElement', 'JSXFragment'],
]);

/** What needs no parentheses to be an expression of its own. */
const BARE = new Set(['Identifier', 'MemberExpression', 'CallExpression', 'ChainExpression']);
const MAX_LENGTH = 2000;

interface Range {
  start: number;
  end: number;
}

/** An expression without its types; undefined where it is none, or one that would do something. */
export function plainExpression(text: string): string | undefined {
  if (text.length > MAX_LENGTH) return undefined;
  if (SIMPLE.test(text)) return text;
  const code = `(${text}\n)`;
  if (tooDeep(code) !== undefined) return undefined;
  const { program, errors } = parser().parseSync('cell.ts', code, { lang: 'ts', sourceType: 'module' });
  const [statement] = program.body;
  if (errors.length > 0 || program.body.length !== 1 || statement?.type !== 'ExpressionStatement')
    return undefined;
  const types: Range[] = [];
  let refused = false;
  walk(statement, (node) => {
    refused ||= REFUSED.has(node.type);
    if (refused) return false;
    const range = typesOf(node);
    if (range) types.push(range);
    return undefined;
  });
  if (refused) return undefined;
  const plain = without(code, types);
  const { expression } = statement;
  const inner = expression.type === 'ParenthesizedExpression' ? expression.expression : expression;
  return BARE.has(inner.type) ? plain.slice(1, -1).trim() : plain;
}

/** The part of a node that is type only. */
function typesOf(node: Node): Range | undefined {
  switch (node.type) {
    case 'TSAsExpression':
    case 'TSSatisfiesExpression':
    case 'TSNonNullExpression':
    case 'TSInstantiationExpression':
      return { start: node.expression.end, end: node.end };
    case 'TSTypeAssertion':
      return { start: node.start, end: node.expression.start };
    case 'TSTypeAnnotation':
    case 'TSTypeParameterInstantiation':
    case 'TSTypeParameterDeclaration':
      return { start: node.start, end: node.end };
    default:
      return undefined;
  }
}

function without(code: string, ranges: readonly Range[]): string {
  let plain = '';
  let from = 0;
  for (const { start, end } of [...ranges].sort((a, b) => a.start - b.start)) {
    if (start > from) plain += code.slice(from, start);
    from = Math.max(from, end);
  }
  return plain + code.slice(from);
}
