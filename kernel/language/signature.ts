import type { Class } from 'oxc-parser';
import type { Callable } from './written.ts';

type Called = Exclude<Callable, Class>;

const isClass = (node: Callable): node is Class => node.type.startsWith('Class');

/** How a function is called, with its types: `function f(a: number, b?: string): void`. */
export function signatureOf(expression: string, node: Callable, code: string): string {
  if (isClass(node)) return classSignature(node, code);
  const star = node.generator ? '*' : '';
  return `${node.async ? 'async ' : ''}function${star} ${expression}${parametersOf(node, code)}`;
}

function parametersOf(node: Called, code: string): string {
  const [first] = node.params;
  const from = node.typeParameters?.start ?? node.id?.end ?? node.start;
  const open = code.indexOf('(', from);
  const isArrow = node.type === 'ArrowFunctionExpression';
  const isBare = isArrow && first && !node.typeParameters && (open < 0 || open > first.start);
  if (isBare) return `(${code.slice(first.start, first.end)})`;
  const body = node.body?.start ?? node.end;
  const end = node.returnType?.end ?? (isArrow ? code.lastIndexOf('=>', body) : body);
  return inLine(code.slice(node.typeParameters?.start ?? open, end));
}

function classSignature(node: Class, code: string): string {
  const start = code.indexOf('class', node.decorators.at(-1)?.end ?? node.start);
  const head = `${node.abstract ? 'abstract ' : ''}${inLine(code.slice(start, node.body.start))}`;
  const constructors = node.body.body.filter(
    (member) => member.type === 'MethodDefinition' && member.kind === 'constructor' && member.value.body,
  );
  const [own] = constructors;
  if (own?.type !== 'MethodDefinition') return head;
  return `${head} {\n  constructor${parametersOf(own.value as Called, code)}\n}`;
}

/** A line comment needs its line to end. */
const inLine = (text: string): string => (text.includes('//') ? text : text.replace(/\s+/g, ' ')).trim();
