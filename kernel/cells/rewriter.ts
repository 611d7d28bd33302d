import { MagicString } from 'magic-string';
import { type Node, type Program, parser } from './ast.ts';
import { DeclarationRewriter } from './declarations.ts';
import { HIDDEN, isLoaded, isTypeOnly, rewriteImport } from './imports.ts';
import { LoopRewriter } from './loops.ts';
import { freeReferences, type Reference } from './scope.ts';
import type { SessionNames } from './session.ts';

/** The JavaScript of a cell. */
export interface ParsedCell {
  program: Program;
  code: string;
  /** A bare `var x` begins a namespace. */
  hasNamespaces: boolean;
}

const MAGIC_CALL = `${HIDDEN}.magics.`;

/** The edits of one cell. Their order matters: magic-string forgets what was put at a chunk it overwrites. */
export class CellRewriter {
  readonly edit: MagicString;
  readonly references: readonly Reference[];
  isAsync = false;
  readonly #program: Program;
  readonly #source: string;
  readonly #session: SessionNames;
  readonly #declarations: DeclarationRewriter;
  readonly #loops = new LoopRewriter();

  constructor({ program, code, hasNamespaces }: ParsedCell, source: string, session: SessionNames) {
    this.edit = new MagicString(code);
    this.#program = program;
    this.#source = source;
    this.#session = session;
    this.#declarations = new DeclarationRewriter(this.edit, {
      code,
      alias: (name) => session.alias(name),
      resetsVar: hasNamespaces,
    });
    this.references = freeReferences(program, (node, inFunction) => this.#inspect(node, inFunction));
  }

  get names(): ReadonlySet<string> {
    return this.#declarations.names;
  }

  /** Says whether the cell has a result. */
  rewrite(file: string): boolean {
    const session = this.#session;
    const names = declaredNames(this.#program, this.references);
    for (const name of names) session.claim(name);
    this.#rename();
    this.#statements();
    this.#guardConstants();
    this.#hoist();
    this.#copyInLoops(names);
    const result = resultOf(this.#program, this.#source, file);
    if (this.isAsync && result) {
      this.edit.appendRight(result.start, `return ${HIDDEN}.result((`);
      this.edit.appendLeft(result.expression.end, '))');
    }
    this.edit.prepend(`"use strict"; ${this.isAsync ? '(async () => { ' : ''}`);
    if (this.isAsync) this.edit.append('\n})()');
    return result !== undefined;
  }

  /** `import()` and `import.meta` are the notebook's; `await` outside functions makes the cell wait. */
  #inspect(node: Node, inFunction: boolean): void {
    if (!inFunction) this.#loops.inspect(node);
    if (node.type === 'AwaitExpression') this.isAsync ||= !inFunction;
    else if (node.type === 'ForOfStatement') this.isAsync ||= node.await && !inFunction;
    else if (node.type === 'ImportExpression') {
      this.edit.overwrite(node.start, node.start + 'import'.length, `${HIDDEN}.import`);
    } else if (node.type === 'MetaProperty' && node.meta.name === 'import') {
      this.edit.overwrite(node.start, node.end, `${HIDDEN}.meta`);
    }
  }

  #rename(): void {
    if (this.#session.aliases.size === 0) return;
    const ids = ownNames(this.#program);
    for (const reference of this.references) {
      const alias = this.#session.aliases.get(reference.name);
      if (alias !== undefined && !ids.has(reference.start)) this.#replace(reference, alias);
    }
  }

  #replace({ name, start, end, shorthand }: Reference, text: string): void {
    this.edit.overwrite(start, end, shorthand ? `${name}: ${text}` : text);
  }

  #statements(): void {
    const used = new Set(this.references.map(({ name }) => name));
    const replaced = supersededFunctions(this.#program);
    for (const node of this.#program.body) {
      if (replaced.has(node)) this.edit.remove(node.start, node.end);
      else if (node.type === 'ImportDeclaration') this.#import(node, used);
      else if (node.type === 'ExportDefaultDeclaration') this.#exportDefault(node);
      else if (node.type === 'ExportNamedDeclaration' && node.declaration) {
        this.edit.remove(node.start, node.declaration.start);
        this.#declaration(node.declaration);
      } else if (node.type === 'ExportNamedDeclaration' || node.type === 'ExportAllDeclaration') {
        // A cell exports nothing: its names are there for all cells.
        this.edit.remove(node.start, node.end);
      } else this.#declaration(node);
    }
  }

  #declaration(node: Node): void {
    const to = this.#declarations;
    if (node.type === 'VariableDeclaration') to.variables(node);
    else if (node.type === 'FunctionDeclaration') to.function(node);
    else if (node.type === 'ClassDeclaration') to.class(node);
    else to.statement(node);
  }

  #import(node: Extract<Node, { type: 'ImportDeclaration' }>, used: ReadonlySet<string>): void {
    if (isTypeOnly(node, this.#source)) {
      this.edit.remove(node.start, node.end);
      return;
    }
    this.isAsync ||= isLoaded(node);
    const { code, names } = rewriteImport(node, used, (name) => this.#session.alias(name));
    for (const name of names) {
      this.#declarations.names.add(name);
      this.#declarations.constants.add(name);
    }
    this.edit.overwrite(node.start, node.end, code);
  }

  #exportDefault(node: Extract<Node, { type: 'ExportDefaultDeclaration' }>): void {
    const { declaration } = node;
    this.edit.remove(node.start, declaration.start);
    if ('id' in declaration && declaration.id) {
      this.#declaration(declaration);
      return;
    }
    this.edit.appendRight(declaration.start, '(');
    this.edit.appendLeft(declaration.end, ');');
  }

  /** A constant that its own cell assigns to throws there, as anywhere. */
  #guardConstants(): void {
    const { constants } = this.#declarations;
    for (const reference of this.references) {
      if (reference.written !== 'assign' || !constants.has(reference.name)) continue;
      this.#replace(reference, `${HIDDEN}.constant(${this.#session.alias(reference.name)}).value`);
    }
  }

  /** What no function mentions, loops may keep in local variables, as long as no code comes from elsewhere. */
  #copyInLoops(names: ReadonlySet<string>): void {
    const { captured, declared } = this.#session;
    for (const { name, inFunction } of this.references) {
      if (inFunction) captured.add(name);
      if (name === 'eval' || name === 'Function') this.#session.dynamic = true;
    }
    this.#session.dynamic ||= /['"`](?:node:)?(?:vm|repl|inspector)['"`/]/.test(this.edit.original);
    if (this.#session.dynamic) return;
    const alias = (name: string): string => this.#session.alias(name);
    const known = (name: string): boolean => names.has(name) || declared.has(alias(name));
    const { constants } = this.#declarations;
    const guarded = this.references.filter(
      ({ name, written }) => written === 'assign' && constants.has(name),
    );
    const excluded = new Set(guarded.map(({ name }) => name));
    const copyable = (name: string): boolean => known(name) && !captured.has(name) && !excluded.has(name);
    this.#loops.rewrite(this.edit, this.references, { copyable, alias });
  }

  /** Imports, then functions, go before the first statement that is neither. */
  #hoist(): void {
    const { body } = this.#program;
    const hoisted = (node: Node): boolean =>
      node.type === 'ImportDeclaration' ||
      node.type === 'FunctionDeclaration' ||
      ('declaration' in node && node.declaration?.type === 'FunctionDeclaration');
    const first = body.findIndex((node) => !hoisted(node));
    const anchor = body[first]?.start;
    if (anchor === undefined) return;
    const later = body.slice(first).filter(hoisted);
    // What a magic installs or writes is imported after it.
    const magic = body.find(({ start, end }) => this.edit.original.slice(start, end).includes(MAGIC_CALL));
    const imports = later.filter(
      ({ type, start }) => type === 'ImportDeclaration' && !(magic && magic.start < start),
    );
    const functions = later.filter(({ type }) => type !== 'ImportDeclaration');
    for (const { start, end } of [...imports, ...functions]) this.edit.move(start, end, anchor);
  }
}

/** Names that the cell declares at its top level, found before anything is rewritten. */
function declaredNames(program: Program, references: readonly Reference[]): Set<string> {
  const names = new Set<string>();
  for (const { name, written } of references) if (written === 'declare') names.add(name);
  for (const node of program.body) {
    if (node.type === 'ImportDeclaration') for (const { local } of node.specifiers) names.add(local.name);
  }
  return names;
}

/** Where the functions and classes of the top level have their names, which they keep. */
function ownNames(program: Program): Set<number> {
  const places = new Set<number>();
  for (const node of program.body) {
    const declared = 'declaration' in node && node.declaration ? node.declaration : node;
    if (declared.type !== 'FunctionDeclaration' && declared.type !== 'ClassDeclaration') continue;
    if (declared.id) places.add(declared.id.start);
  }
  return places;
}

/** Of functions with one name in a cell the last counts. */
function supersededFunctions(program: Program): Set<Node> {
  const last = new Map<string, Node>();
  const replaced = new Set<Node>();
  for (const node of program.body) {
    if (node.type !== 'FunctionDeclaration' || !node.id) continue;
    const earlier = last.get(node.id.name);
    if (earlier) replaced.add(earlier);
    last.set(node.id.name, node);
  }
  return replaced;
}

type ExpressionStatement = Extract<Node, { type: 'ExpressionStatement' }>;

/** What is lowered to expressions that are no results, or moved into a `try` (`using`). */
const LOWERED = /@|\b(?:enum|namespace|module|using|accessor)\b/;

/** The last statement when it is an expression. */
function resultOf(program: Program, source: string, file: string): ExpressionStatement | undefined {
  const lowered = LOWERED.test(source);
  // The exports of a lowered namespace come behind everything else.
  let last: Node | undefined = program.body.findLast(
    ({ type }) => !lowered || type !== 'ExportNamedDeclaration',
  );
  if (lowered && last?.type === 'TryStatement') last = last.block.body.at(-1);
  if (last?.type !== 'ExpressionStatement') return undefined;
  if (!lowered) return last;
  const original = parser().parseSync(file, source, { lang: 'ts', sourceType: 'module' });
  return original.program.body.at(-1)?.type === 'ExpressionStatement' ? last : undefined;
}
