import { createRequire } from 'node:module';
import type { Node as OxcNode } from 'oxc-parser';

export type { Program } from 'oxc-parser';
export type Node = OxcNode;

const require = createRequire(import.meta.url);
let loaded: typeof import('oxc-parser') | undefined;

/** The parser, loaded at its first use: the kernel starts without it. */
export function parser(): typeof import('oxc-parser') {
  loaded ??= require('oxc-parser') as typeof import('oxc-parser');
  return loaded;
}

/** The child nodes of a node, in source order. */
export function* children(node: Node): Generator<Node> {
  for (const key of parser().visitorKeys[node.type] ?? []) {
    const value = (node as unknown as Record<string, unknown>)[key];
    if (Array.isArray(value)) {
      for (const item of value) if (item) yield item as Node;
    } else if (value) yield value as Node;
  }
}

/** Visits a node and what is below it; a visitor that returns false keeps its children unvisited. */
export function walk(node: Node, visit: (node: Node, parent: Node | undefined) => boolean | undefined): void {
  const step = (current: Node, parent: Node | undefined): void => {
    if (visit(current, parent) === false) return;
    for (const child of children(current)) step(child, current);
  };
  step(node, undefined);
}

/** A node with a scope of its own for `var`, `await` and `this`. */
export function isFunctionLike(node: Node): boolean {
  return (
    node.type === 'FunctionDeclaration' ||
    node.type === 'FunctionExpression' ||
    node.type === 'ArrowFunctionExpression' ||
    node.type === 'StaticBlock' ||
    node.type === 'PropertyDefinition' ||
    node.type === 'AccessorProperty'
  );
}

/** The names that a binding pattern declares. */
export function* patternNames(pattern: Node): Generator<string> {
  switch (pattern.type) {
    case 'Identifier':
      yield pattern.name;
      break;
    case 'ObjectPattern':
      for (const property of pattern.properties) {
        yield* patternNames(property.type === 'RestElement' ? property.argument : property.value);
      }
      break;
    case 'ArrayPattern':
      for (const element of pattern.elements) if (element) yield* patternNames(element);
      break;
    case 'AssignmentPattern':
      yield* patternNames(pattern.left);
      break;
    case 'RestElement':
      yield* patternNames(pattern.argument);
      break;
    default:
      break;
  }
}
