import type { MagicString } from 'magic-string';
import type { Class, Function as FunctionNode } from 'oxc-parser';
import { isFunctionLike, type Node, patternNames, walk } from './ast.ts';

type VariableDeclaration = Extract<Node, { type: 'VariableDeclaration' }>;

/**
 * Turns the declarations of a cell's top level into assignments to names that live on between cells.
 * Text is put in with appendRight and appendLeft so that it moves with the statement it belongs to.
 */
export class DeclarationRewriter {
  readonly names: Set<string> = new Set();
  /** Those of the names that the cell itself may not assign to. */
  readonly constants: Set<string> = new Set();
  readonly #edit: MagicString;
  readonly #code: string;
  readonly #alias: (name: string) => string;
  readonly #resetsVar: boolean;

  constructor(
    edit: MagicString,
    options: { code: string; alias: (name: string) => string; resetsVar: boolean },
  ) {
    this.#edit = edit;
    this.#code = options.code;
    this.#alias = options.alias;
    this.#resetsVar = options.resetsVar;
  }

  /** `let {a} = f(), b;` → `({a} = f()), b = undefined;` */
  variables(node: VariableDeclaration): void {
    if (node.kind !== 'var' && node.kind !== 'let') {
      for (const { id } of node.declarations) for (const name of patternNames(id)) this.constants.add(name);
    }
    this.#assignments(node, true);
    this.#nestedVars(node);
  }

  /** `function f() {}` → `f = function () {};`, to be moved to the top, as the language hoists it. */
  function(node: FunctionNode): void {
    if (!node.id) return;
    this.names.add(node.id.name);
    const alias = this.#alias(node.id.name);
    // The name that it is called by would be the function's own.
    if (alias === node.id.name) this.#edit.remove(node.id.start, node.id.end);
    this.#edit.appendRight(node.start, `${alias} = `);
    this.#edit.appendLeft(node.end, ';\n');
  }

  /** `class A {}` → `A = class A {};`: the inner name keeps static initialisers working. */
  class(node: Class): void {
    if (!node.id) return;
    this.names.add(node.id.name);
    this.#edit.appendRight(node.start, `${this.#alias(node.id.name)} = `);
    this.#edit.appendLeft(node.end, ';');
  }

  /** Any other statement: only its `var` declarations reach the top level. */
  statement(node: Node): void {
    this.#nestedVars(node);
  }

  #nestedVars(root: Node): void {
    walk(root, (node, parent) => {
      if (isFunctionLike(node) || node.type === 'BinaryExpression') return false;
      if (node.type !== 'VariableDeclaration' || node.kind !== 'var' || node === root) return true;
      this.#nestedVar(node, parent);
      return true;
    });
  }

  #nestedVar(node: VariableDeclaration, parent: Node | undefined): void {
    const inLoopHead =
      (parent?.type === 'ForOfStatement' || parent?.type === 'ForInStatement') && parent.left === node;
    if (!inLoopHead) {
      this.#assignments(node, false);
      return;
    }
    for (const { id } of node.declarations) for (const name of patternNames(id)) this.names.add(name);
    this.#edit.remove(node.start, node.declarations[0]?.start ?? node.start);
  }

  #assignments(node: VariableDeclaration, topLevel: boolean): void {
    const [first] = node.declarations;
    if (!first) return;
    this.#edit.remove(node.start, first.start);
    for (const declarator of node.declarations) {
      const { id, init, start, end } = declarator;
      this.#freshEnum(declarator);
      for (const name of patternNames(id)) this.names.add(name);
      if (!init) {
        // A bare `var x` leaves x as it was; `let x` and a namespace start afresh.
        if (node.kind !== 'var' || (topLevel && this.#resetsVar)) this.#edit.appendLeft(end, ' = undefined');
      } else if (id.type === 'ObjectPattern' || id.type === 'ArrayPattern') {
        this.#edit.appendRight(start, '(');
        this.#edit.appendLeft(end, ')');
      }
    }
    // Code generated without a final semicolon must not run into what follows.
    if (topLevel && this.#code[node.end - 1] !== ';') this.#edit.appendLeft(node.end, ';');
  }

  /** `E = function(E) {…}(E || {})`: an enum declared again does not keep the members it had before. */
  #freshEnum({ id, init }: VariableDeclaration['declarations'][number]): void {
    if (id.type !== 'Identifier' || init?.type !== 'CallExpression' || this.names.has(id.name)) return;
    const [argument] = init.arguments;
    if (argument?.type !== 'LogicalExpression' || argument.operator !== '||') return;
    if (argument.left.type !== 'Identifier' || argument.left.name !== id.name) return;
    this.#edit.overwrite(argument.start, argument.end, '{}');
  }
}
