import type { ArrowFunctionExpression, Function as OrdinaryFunction } from 'oxc-parser';
import { children, type Node, type Program, patternNames } from './ast.ts';

/** A mention of a name that no scope within the cell binds: it means a name of the session or a global. */
export interface Reference {
  name: string;
  start: number;
  end: number;
  /** Within a function, method or class body: it is evaluated whenever that is called. */
  inFunction: boolean;
  /** `declare`: by the declaration of a top-level name; `assign`: by anything else that writes. */
  written: 'declare' | 'assign' | undefined;
  /** `{ name }`, which stands for `{ name: name }`. */
  shorthand: boolean;
}

/** Called for every node outside functions, or within one: what the rest of the transform looks for. */
export type Inspect = (node: Node, inFunction: boolean) => void;

type Identifier = Extract<Node, { type: 'Identifier' }>;
type FunctionNode = OrdinaryFunction | ArrowFunctionExpression;

/** Finds the references of a cell that reach its top level, in source order. */
export function freeReferences(program: Program, inspect: Inspect): Reference[] {
  const finder = new ReferenceFinder(inspect);
  for (const statement of program.body) finder.visit(statement);
  return finder.references;
}

class ReferenceFinder {
  readonly references: Reference[] = [];
  readonly #inspect: Inspect;
  readonly #scopes: Set<string>[] = [];
  readonly #written = new Map<Node, 'declare' | 'assign'>();
  readonly #shorthand = new Set<Node>();
  #functions = 0;

  constructor(inspect: Inspect) {
    this.#inspect = inspect;
  }

  visit(node: Node): void {
    this.#inspect(node, this.#functions > 0);
    switch (node.type) {
      case 'Identifier':
        this.#reference(node);
        break;
      case 'BinaryExpression':
        this.#binary(node);
        break;
      case 'MemberExpression':
        this.visit(node.object);
        if (node.computed) this.visit(node.property);
        break;
      case 'Property':
        this.#property(node);
        break;
      case 'ImportDeclaration':
      case 'ExportAllDeclaration':
      case 'ExportSpecifier':
      case 'MetaProperty':
      case 'BreakStatement':
      case 'ContinueStatement':
        break;
      case 'LabeledStatement':
        this.visit(node.body);
        break;
      case 'MethodDefinition':
      case 'PropertyDefinition':
      case 'AccessorProperty':
        if (node.computed) this.visit(node.key);
        if (node.value) this.#inFunction([], [node.value]);
        break;
      default:
        this.#writes(node);
        this.#scoped(node);
    }
  }

  #scoped(node: Node): void {
    switch (node.type) {
      case 'FunctionDeclaration':
      case 'FunctionExpression':
      case 'ArrowFunctionExpression':
        this.#function(node);
        break;
      case 'ClassDeclaration':
      case 'ClassExpression':
        if (node.type === 'ClassDeclaration' && node.id) this.#declaration(node.id);
        this.#within(node.id ? [node.id.name] : [], [node.superClass, node.body]);
        break;
      case 'StaticBlock':
        this.#inFunction([...variableNames(node.body), ...lexicalNames(node.body)], node.body);
        break;
      case 'BlockStatement':
        this.#within(lexicalNames(node.body), node.body);
        break;
      case 'ForStatement':
        this.#within(headNames(node.init), children(node));
        break;
      case 'ForInStatement':
      case 'ForOfStatement':
        this.#within(headNames(node.left), children(node));
        break;
      case 'SwitchStatement':
        this.visit(node.discriminant);
        this.#within(lexicalNames(node.cases.flatMap(({ consequent }) => consequent)), node.cases);
        break;
      case 'CatchClause':
        this.#within(node.param ? patternNames(node.param) : [], [node.param, node.body]);
        break;
      default:
        for (const child of children(node)) this.visit(child);
    }
  }

  #within(names: Iterable<string>, nodes: Iterable<Node | null | undefined>): void {
    this.#scopes.push(new Set(names));
    for (const node of nodes) if (node) this.visit(node);
    this.#scopes.pop();
  }

  #inFunction(names: Iterable<string>, nodes: Iterable<Node | null | undefined>): void {
    this.#functions += 1;
    this.#within(names, nodes);
    this.#functions -= 1;
  }

  #function(node: FunctionNode): void {
    const names: string[] = [];
    if (node.type === 'FunctionDeclaration') {
      if (node.id) this.#declaration(node.id);
    } else if (node.type === 'FunctionExpression' && node.id) names.push(node.id.name);
    if (node.type !== 'ArrowFunctionExpression') names.push('arguments');
    for (const parameter of node.params) names.push(...patternNames(parameter as Node));
    if (node.body?.type === 'BlockStatement') names.push(...variableNames(node.body.body));
    this.#inFunction(names, [...(node.params as Node[]), node.body]);
  }

  /** `a + b + c + …` nests as deep as it is long. */
  #binary(node: Node): void {
    const rights: Node[] = [];
    let left = node;
    for (; left.type === 'BinaryExpression'; left = left.left) rights.push(left.right);
    this.visit(left);
    for (const right of rights.reverse()) this.visit(right);
  }

  #property(node: Extract<Node, { type: 'Property' }>): void {
    if (node.computed) this.visit(node.key);
    const { value } = node;
    if (node.shorthand) this.#shorthand.add(value.type === 'AssignmentPattern' ? value.left : value);
    this.visit(value);
  }

  #writes(node: Node): void {
    if (node.type === 'AssignmentExpression') this.#targets(node.left, 'assign');
    else if (node.type === 'UpdateExpression') this.#targets(node.argument, 'assign');
    else if (node.type === 'VariableDeclarator') this.#targets(node.id, 'declare');
    else if (node.type === 'ForInStatement' || node.type === 'ForOfStatement')
      this.#targets(node.left, 'assign');
  }

  #declaration(id: Node): void {
    this.#written.set(id, 'declare');
    this.visit(id);
  }

  #targets(pattern: Node, how: 'declare' | 'assign'): void {
    if (pattern.type === 'Identifier') this.#written.set(pattern, how);
    else if (pattern.type === 'AssignmentPattern') this.#targets(pattern.left, how);
    else if (pattern.type === 'ParenthesizedExpression') this.#targets(pattern.expression, how);
    else if (pattern.type === 'RestElement') this.#targets(pattern.argument, how);
    else if (pattern.type === 'Property') this.#targets(pattern.value, how);
    else if (pattern.type === 'ObjectPattern' || pattern.type === 'ArrayPattern') {
      for (const child of children(pattern)) this.#targets(child, how);
    }
  }

  #reference(node: Identifier): void {
    const { name, start, end } = node;
    for (const scope of this.#scopes) if (scope.has(name)) return;
    const inFunction = this.#functions > 0;
    const written = this.#written.get(node);
    this.references.push({ name, start, end, inFunction, written, shorthand: this.#shorthand.has(node) });
  }
}

const headNames = (head: Node | null): string[] => (head ? lexicalNames([head]) : []);

/** Names that `let`, `const`, classes and functions bind in the block of these statements. */
function lexicalNames(statements: readonly Node[]): string[] {
  const names: string[] = [];
  for (const node of statements) {
    if (node.type === 'VariableDeclaration') {
      if (node.kind === 'var') continue;
      for (const { id } of node.declarations) names.push(...patternNames(id));
    } else if ((node.type === 'FunctionDeclaration' || node.type === 'ClassDeclaration') && node.id) {
      names.push(node.id.name);
    }
  }
  return names;
}

const HOLDS_NO_STATEMENT = /Expression$|Literal$|^Identifier$|Function|Class|Pattern$/;

/** Names that `var` binds in the function that has these statements. */
function variableNames(statements: readonly Node[]): string[] {
  const names: string[] = [];
  const visit = (node: Node): void => {
    if (HOLDS_NO_STATEMENT.test(node.type)) return;
    if (node.type === 'VariableDeclaration') {
      if (node.kind === 'var') for (const { id } of node.declarations) names.push(...patternNames(id));
      return;
    }
    for (const child of children(node)) visit(child);
  };
  for (const statement of statements) visit(statement);
  return names;
}
