import type { Class, Expression, PropertyKey } from 'oxc-parser';
import { type Node, type Program, parser, walk } from '../cells/ast.ts';
import { mayHaveJsx } from '../cells/strip.ts';
import { quoted, type ServerDiagnostic } from './diagnostics.ts';
import { isAbout } from './narrowed.ts';
import { startOf } from './positions.ts';

/** Says whether an error is none in a notebook that is plain JavaScript. */
export type Allows = (diagnostic: ServerDiagnostic) => boolean;

const NO_SUCH_PROPERTY = new Set([2339, 2550, 2551]);
const ARGUMENT_COUNT = new Set([2554, 2555, 2556]);

/** What JavaScript is for: values that may be missing, texts and dates in sums, functions that make objects. */
const USUAL = new Set([
  ...[2531, 2532, 2533, 18047, 18048, 18049],
  ...[2356, 2362, 2363, 2365],
  ...[2350, 2790],
]);
const COMPARISON = 2367;
const ASSIGNMENT = 2322;

/** The type of what began as `null` or `[]`. */
const BEGINNING = /\btype '(?:never|null|undefined)(?:\[\])?'/;

/**
 * A notebook is plain JavaScript until a cell has something that only TypeScript has. Its objects get their
 * properties when they are assigned to, its functions may be called with fewer arguments or with more.
 */
export class UntypedNotebook {
  #hasTypes = false;
  readonly #properties = new Set<string>();
  readonly #functions = new Set<string>();
  /** Variables that are assigned to: they may be anything. */
  readonly #assigned = new Set<string>();

  /** A cell runs. */
  add(source: string): void {
    if (this.#hasTypes) return;
    const program = javascript(source);
    if (program) this.#learn(program);
    else this.#hasTypes = true;
  }

  clear(): void {
    this.#hasTypes = false;
    this.#properties.clear();
    this.#functions.clear();
    this.#assigned.clear();
  }

  /** What is allowed in a cell that is to be checked; `text` is its document. */
  allowedIn(source: string, text: string): Allows {
    const program = this.#hasTypes ? undefined : javascript(source);
    if (!program) return () => false;
    this.#learn(program);
    return (diagnostic) =>
      isAbout(diagnostic, text, this.#assigned) || this.#allows(diagnostic, source, program);
  }

  #learn(program: Program): void {
    walk(program, (node) => {
      for (const name of assignedProperties(node)) this.#properties.add(name);
      const name = functionName(node);
      if (name !== undefined) this.#functions.add(name);
      if (node.type === 'AssignmentExpression' && node.left.type === 'Identifier')
        this.#assigned.add(node.left.name);
      return undefined;
    });
  }

  #allows({ code, message, range }: ServerDiagnostic, source: string, program: Program): boolean {
    const number = Number(code);
    if (USUAL.has(number) || BEGINNING.test(message)) return true;
    if (NO_SUCH_PROPERTY.has(number)) return this.#properties.has(quoted(message));
    const start = startOf(range, source);
    if (number === COMPARISON) return isLoose(program, start);
    if (number === ASSIGNMENT) return isAssigned(program, start);
    return ARGUMENT_COUNT.has(number) && calledAt(program, start).some((name) => this.#functions.has(name));
  }
}

/** The program of a cell that is JavaScript as it stands. */
function javascript(source: string): Program | undefined {
  const lang = mayHaveJsx(source) ? 'jsx' : 'js';
  const { program, errors } = parser().parseSync(`cell.${lang}`, source, { lang, sourceType: 'module' });
  return errors.length === 0 ? program : undefined;
}

function keyName(key: Expression | PropertyKey, computed: boolean): string[] {
  if (!computed && key.type === 'Identifier') return [key.name];
  return key.type === 'Literal' && typeof key.value === 'string' ? [key.value] : [];
}

/** `a.b = `, `a['b'] = `, `Object.assign(a, { b: … })`. */
function assignedProperties(node: Node): string[] {
  if (node.type === 'AssignmentExpression' && node.left.type === 'MemberExpression') {
    return keyName(node.left.property as Expression, node.left.computed);
  }
  if (node.type !== 'CallExpression' || node.callee.type !== 'MemberExpression') return [];
  const { object, property } = node.callee;
  const isAssign = object.type === 'Identifier' && object.name === 'Object';
  if (!isAssign || property.type !== 'Identifier' || property.name !== 'assign') return [];
  return node.arguments.flatMap((argument) =>
    argument.type === 'ObjectExpression'
      ? argument.properties.flatMap((each) =>
          each.type === 'Property' ? keyName(each.key, each.computed) : [],
        )
      : [],
  );
}

const isFunction = (node: Node | null | undefined): boolean =>
  node?.type === 'FunctionExpression' || node?.type === 'ArrowFunctionExpression';

/** What a function, method or class is called by. */
function functionName(node: Node): string | undefined {
  switch (node.type) {
    case 'FunctionDeclaration':
    case 'ClassDeclaration':
      return (node as Class).id?.name;
    case 'VariableDeclarator':
      return node.id.type === 'Identifier' && isFunction(node.init) ? node.id.name : undefined;
    case 'MethodDefinition':
      return keyName(node.key, node.computed)[0];
    case 'Property':
      return isFunction(node.value) ? keyName(node.key, node.computed)[0] : undefined;
    case 'AssignmentExpression':
      if (!isFunction(node.right)) return undefined;
      return node.left.type === 'Identifier' ? node.left.name : assignedProperties(node)[0];
    default:
      return undefined;
  }
}

/** The names of what is called around a place; of a base class that of the class. */
function calledAt(program: Program, place: number): string[] {
  const called: string[] = [];
  let inClass: string | undefined;
  walk(program, (node) => {
    if (node.start > place || node.end <= place) return false;
    if ((node.type === 'ClassDeclaration' || node.type === 'ClassExpression') && node.superClass) {
      inClass = node.superClass.type === 'Identifier' ? node.superClass.name : undefined;
    }
    if (node.type !== 'CallExpression' && node.type !== 'NewExpression') return true;
    const { callee } = node;
    if (callee.type === 'Identifier') called.push(callee.name);
    else if (callee.type === 'MemberExpression') {
      called.push(...keyName(callee.property as Expression, callee.computed));
    } else if (callee.type === 'Super' && inClass !== undefined) called.push(inClass);
    return true;
  });
  return called;
}

/** A variable or property may hold anything. */
function isAssigned(program: Program, place: number): boolean {
  let assigned = false;
  walk(program, (node) => {
    if (node.start > place || node.end <= place) return false;
    assigned ||= node.type === 'AssignmentExpression' && node.left.start === place;
    return true;
  });
  return assigned;
}

/** `==` compares what is of different types. */
function isLoose(program: Program, place: number): boolean {
  let loose = false;
  walk(program, (node) => {
    if (node.start > place || node.end <= place) return false;
    if (node.type === 'BinaryExpression' && node.start === place) {
      loose ||= node.operator === '==' || node.operator === '!=';
    }
    return true;
  });
  return loose;
}
