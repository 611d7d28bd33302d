import { AnyMap, type TraceMap, traceSegment } from '@jridgewell/trace-mapping';
import type { Class, Comment, Function as FunctionNode } from 'oxc-parser';
import { type Node, parser, walk } from '../cells/ast.ts';
import { tooDeep } from '../cells/depth.ts';
import { withoutMarks } from '../cells/strip.ts';
import type { Origin } from '../engine/protocol.ts';
import { signatureOf } from './signature.ts';

/** A function or class as the user wrote it. */
export interface Written {
  source: string;
  signature: string;
  /** The text of the JSDoc comment before it. */
  documentation?: string;
}

type Arrow = Extract<Node, { type: 'ArrowFunctionExpression' }>;
export type Callable = FunctionNode | Arrow | Class;

interface Tree {
  code: string;
  callables: Callable[];
  parents: Map<Node, Node>;
  comments: Comment[];
}

/** Finds what a function is in its cell, by the places that the source maps tell exactly. */
export function writtenAs(expression: string, javascript: string, origin: Origin): Written | undefined {
  const code = withoutMarks(origin.text);
  if (tooDeep(code) !== undefined || tooDeep(javascript) !== undefined) return undefined;
  const typescript = parse(code);
  const found = typescript && match(javascript, origin, typescript);
  return found && written(expression, found, typescript);
}

function parse(code: string): Tree | undefined {
  const { program, errors, comments } = parser().parseSync('cell.ts', code, {
    ...{ lang: 'ts', sourceType: 'module' },
  });
  if (errors.length > 0) return undefined;
  const callables: Callable[] = [];
  const parents = new Map<Node, Node>();
  walk(program, (node, parent) => {
    if (parent) parents.set(node, parent);
    if (isCallable(node)) callables.push(node);
    return undefined;
  });
  return { code, callables, parents, comments };
}

function isCallable(node: Node): node is Callable {
  if (node.type === 'ClassDeclaration' || node.type === 'ClassExpression') return true;
  const isFunction = node.type === 'FunctionDeclaration' || node.type === 'FunctionExpression';
  return (isFunction && node.body !== null) || node.type === 'ArrowFunctionExpression';
}

/** A function's own text is an expression, or a member of a class or an object. */
const AROUND: readonly [string, string][] = [
  ['(', '\n)'],
  ['(class {', '\n})'],
  ['({', '\n})'],
];

function match(javascript: string, origin: Origin, typescript: Tree): Callable | undefined {
  const maps = origin.mappings.map((mappings) =>
    AnyMap({ version: 3, sources: ['cell'], names: [], mappings }),
  );
  for (const [before, after] of AROUND) {
    const tree = parse(before + javascript + after);
    // The class around a method comes first.
    const own = tree?.callables.find(({ start }) => before.length === 1 || start > before.length);
    if (!tree || !own) continue;
    for (const [name, place] of Object.entries(anchors(own, tree))) {
      const at = place - before.length;
      const original = at >= 0 && originalOffset(javascript, at, origin, maps, typescript.code);
      const alike = typescript.callables.filter(
        (node) => isLike(node, own) && anchors(node, typescript)[name] === original,
      );
      if (alike.length === 1) return alike[0];
    }
    return undefined;
  }
  return undefined;
}

/** Whether one can be what has become of the other: a name may be given twice, and its cell forgotten. */
function isLike(a: Callable, b: Callable): boolean {
  const kind = ({ type }: Callable): string => /^Class|^Arrow/.exec(type)?.[0] ?? '';
  return kind(a) === kind(b) && parameterCount(a) === parameterCount(b);
}

function parameterCount(node: Callable): number {
  const parameters = 'params' in node ? node.params : [];
  return parameters.filter((parameter) => !('name' in parameter) || parameter.name !== 'this').length;
}

/** Places by which a function is known on both sides, the surest first. */
function anchors(node: Callable, { parents }: Tree): Record<string, number> {
  const places: Record<string, number> = { body: bare(node.body as Node).start };
  const [parameter] = 'params' in node ? node.params : [];
  if (parameter) places.parameter = parameter.start;
  const parent = parents.get(node);
  if ('id' in node && node.id) places.name = node.id.start;
  else if (parent && 'key' in parent) places.name = parent.key.start;
  places.start = node.start;
  return places;
}

/** What is left of an expression without parentheses and types. */
function bare(node: Node): Node {
  switch (node.type) {
    case 'ParenthesizedExpression':
    case 'TSAsExpression':
    case 'TSSatisfiesExpression':
    case 'TSNonNullExpression':
    case 'TSTypeAssertion':
    case 'TSInstantiationExpression':
      return bare(node.expression);
    default:
      return node;
  }
}

/** Where a place in a function's own text was written; undefined unless each map knows just that place. */
function originalOffset(
  javascript: string,
  at: number,
  { line, column }: Origin,
  maps: readonly TraceMap[],
  code: string,
): number | undefined {
  const above = javascript.slice(0, at).split('\n');
  const left = above.at(-1)?.length ?? 0;
  let place = { line: line - 1 + above.length - 1, column: above.length === 1 ? column + left : left };
  for (const map of maps) {
    const segment = traceSegment(map, place.line, place.column);
    if (segment?.[0] !== place.column || segment.length === 1) return undefined;
    place = { line: segment[2], column: segment[3] };
  }
  const before = code.split('\n').slice(0, place.line);
  return before.reduce((sum, { length }) => sum + length + 1, 0) + place.column;
}

function written(expression: string, node: Callable, { code, parents, comments }: Tree): Written {
  let top: Node = node;
  let comment = commentBefore(node.start, code, comments);
  for (let parent = parents.get(top); parent && declares(parent, top); parent = parents.get(top)) {
    top = parent;
    comment = commentBefore(top.start, code, comments) ?? comment;
  }
  const source = dedented(code, comment?.start ?? top.start, top.end);
  const signature = signatureOf(expression, node, code);
  return comment ? { source, signature, documentation: textOf(comment) } : { source, signature };
}

/** A node that is there only to give the function its name. */
function declares(parent: Node, child: Node): boolean {
  switch (parent.type) {
    case 'MethodDefinition':
    case 'PropertyDefinition':
    case 'AccessorProperty':
    case 'Property':
      return parent.value === child;
    case 'VariableDeclarator':
      return parent.init === child;
    case 'AssignmentExpression':
      return parent.right === child;
    case 'VariableDeclaration':
      return parent.declarations.length === 1;
    default:
      return /^(?:Export(?:Named|Default)Declaration|ExpressionStatement|ParenthesizedExpression|TSAsExpression|TSSatisfiesExpression)$/.test(
        parent.type,
      );
  }
}

function commentBefore(start: number, code: string, comments: readonly Comment[]): Comment | undefined {
  const comment = comments.findLast(({ end }) => end <= start);
  const isDocumentation = comment?.type === 'Block' && comment.value.startsWith('*');
  return isDocumentation && code.slice(comment.end, start).trim() === '' ? comment : undefined;
}

const textOf = ({ value }: Comment): string =>
  value
    .slice(1)
    .split('\n')
    .map((line) => line.replace(/^\s*\*? ?/, '').trimEnd())
    .join('\n')
    .trim();

/** A part of the code without the indentation that its first line has. */
function dedented(code: string, start: number, end: number): string {
  const indent = /^[ \t]*/.exec(code.slice(code.lastIndexOf('\n', start - 1) + 1, start))?.[0] ?? '';
  const [first = '', ...rest] = code.slice(start, end).split('\n');
  return [first, ...rest.map((line) => (line.startsWith(indent) ? line.slice(indent.length) : line))].join(
    '\n',
  );
}
