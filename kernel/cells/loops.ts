import type { MagicString } from 'magic-string';
import type { Node } from './ast.ts';
import { HIDDEN } from './imports.ts';
import type { Reference } from './scope.ts';

/**
 * Top-level names are bindings of the script scope, where V8 stores a number five to ten times slower
 * than in a local variable (Node 20 and 22). So a top-level loop runs on local copies, and each
 * assignment also goes into a field of an object, from which the names get their values when the loop
 * ends, throws or is interrupted. Only names that no function of the session mentions are copied:
 * nothing that the loop calls can see them.
 */

type Loop = Extract<
  Node,
  { type: 'ForStatement' | 'WhileStatement' | 'DoWhileStatement' | 'ForInStatement' | 'ForOfStatement' }
>;
type Write = Extract<
  Node,
  {
    type:
      | 'AssignmentExpression'
      | 'UpdateExpression'
      | 'VariableDeclarator'
      | 'ForInStatement'
      | 'ForOfStatement';
  }
>;

const BOX = '$descent_box';
const VALUE = '$descent_value';

const isLoop = (node: Node): node is Loop =>
  node.type === 'ForStatement' ||
  node.type === 'WhileStatement' ||
  node.type === 'DoWhileStatement' ||
  node.type === 'ForInStatement' ||
  node.type === 'ForOfStatement';

/** Collects the loops of a cell's top level while its tree is walked, then rewrites those that can run on copies. */
export class LoopRewriter {
  /** In source order, outer ones first. */
  readonly #loops: Loop[] = [];
  readonly #labels = new Map<Node, Node>();
  readonly #writes: Write[] = [];
  /** Where the loop's variables would be seen from elsewhere: after `await`, in a direct `eval`. */
  readonly #barriers: Node[] = [];
  /** Expressions whose value nobody uses. */
  readonly #unused = new Set<Node>();

  /** To be called for each node outside functions, parents first. */
  inspect(node: Node): void {
    if (node.type === 'LabeledStatement') {
      this.#labels.set(node.body, this.#labels.get(node) ?? node);
    } else if (node.type === 'AwaitExpression' || (node.type === 'ForOfStatement' && node.await)) {
      this.#barriers.push(node);
    } else if (node.type === 'CallExpression') {
      if (node.callee.type === 'Identifier' && node.callee.name === 'eval') this.#barriers.push(node);
    }
    if (isLoop(node)) this.#loops.push(node);
    if (node.type === 'ExpressionStatement') this.#markUnused(node.expression);
    if (node.type === 'ForStatement')
      for (const part of [node.init, node.update]) if (part) this.#markUnused(part);
    if (
      node.type === 'AssignmentExpression' ||
      node.type === 'UpdateExpression' ||
      node.type === 'VariableDeclarator' ||
      node.type === 'ForInStatement' ||
      node.type === 'ForOfStatement'
    ) {
      this.#writes.push(node);
    }
  }

  #markUnused(node: Node): void {
    this.#unused.add(node);
    if (node.type === 'ParenthesizedExpression') this.#markUnused(node.expression);
    if (node.type === 'SequenceExpression') for (const part of node.expressions) this.#markUnused(part);
  }

  /** `copyable` says which names may be copied, `alias` what they are called in the code that runs. */
  rewrite(edit: MagicString, references: readonly Reference[], names: LoopNames): void {
    const sorted = references.toSorted((a, b) => a.start - b.start);
    let end = 0;
    for (const loop of this.#loops) {
      if (loop.start < end || inRange(this.#barriers, loop).length > 0) continue;
      const inside = inRange(sorted, loop).filter(({ name }) => names.copyable(name));
      const written = inside.filter((it) => it.written !== undefined);
      if (written.length === 0) continue;
      const writes = inRange(this.#writes, loop);
      if (writes.some((node) => sharesEnd(node, writes))) continue;
      end = loop.end;
      for (const node of writes.reverse()) this.#writeThrough(node, edit, targetsOf(node, written, names));
      const copied = [...new Set(inside.map(({ name }) => names.alias(name)))].join(', ');
      const fields = [...new Set(written.map(({ name }) => names.alias(name)))];
      // An assignment that throws in its middle has stored nothing yet.
      const stores = fields.map((name) => `${BOX}.${name} = ${name};`).join(' ');
      const restore = fields.map((name) => `${name} = ${BOX}.${name};`).join(' ');
      edit.prependRight(
        (this.#labels.get(loop) ?? loop).start,
        `{ const ${BOX} = { ${copied} }; ${HIDDEN}.beginLoop(${BOX}, (${BOX}) => { ${restore} }); ` +
          `{ let { ${copied} } = ${BOX}, ${VALUE}; try { `,
      );
      edit.appendLeft(loop.end, ` } finally { ${stores} ${HIDDEN}.endLoop(); } } }`);
    }
  }

  /** Inner writes come first: what they put at a place that they share with an outer one stays inside it. */
  #writeThrough(node: Write, edit: MagicString, targets: readonly string[]): void {
    if (targets.length === 0) return;
    const stores = targets.map((name) => `${BOX}.${name} = ${name}`).join(', ');
    if (node.type === 'ForInStatement' || node.type === 'ForOfStatement') {
      prependToBody(node.body, edit, `${stores}; `);
    } else if (node.type === 'AssignmentExpression' && node.left.type === 'Identifier') {
      edit.prependRight(node.start, `${BOX}.${targets[0]} = `);
    } else if (node.type === 'VariableDeclarator' || this.#unused.has(node)) {
      if (node.type !== 'VariableDeclarator' || node.init) edit.appendLeft(node.end, `, ${stores}`);
    } else {
      edit.prependRight(node.start, `(${VALUE} = `);
      edit.appendLeft(node.end, `, ${stores}, ${VALUE})`);
    }
  }
}

export interface LoopNames {
  /** Whether the loops may keep a name in a local variable. */
  copyable(name: string): boolean;
  /** What a name is called in the code that runs. */
  alias(name: string): string;
}

/** Those of some places, in source order, that begin within a loop. */
function inRange<T extends { start: number }>(places: readonly T[], { start, end }: Loop): T[] {
  const first = (position: number): number => {
    let low = 0;
    for (let high = places.length; low < high; ) {
      const middle = (low + high) >>> 1;
      if ((places[middle] as T).start < position) low = middle + 1;
      else high = middle;
    }
    return low;
  };
  return places.slice(first(start), first(end));
}

/** `var [a] = [b] = c`: the brackets put around a declarator would end before what the inner one needs. */
function sharesEnd(node: Write, writes: readonly Write[]): boolean {
  if (node.type !== 'VariableDeclarator' || node.id.type === 'Identifier') return false;
  return writes.some((other) => other !== node && other.end === node.end);
}

/** The names, as they are called in the code that runs, that a node itself assigns to. */
function targetsOf(node: Write, written: readonly Reference[], names: LoopNames): string[] {
  const target = targetNode(node);
  if (target.type === 'MemberExpression') return [];
  const found = written.filter(({ start, end }) => start >= target.start && end <= target.end);
  return [...new Set(found.map(({ name }) => names.alias(name)))];
}

function targetNode(node: Write): Node {
  if (node.type === 'UpdateExpression') return node.argument;
  return node.type === 'VariableDeclarator' ? node.id : node.left;
}

function prependToBody(body: Node, edit: MagicString, text: string): void {
  if (body.type === 'BlockStatement') edit.appendLeft(body.start + 1, ` ${text}`);
  else {
    edit.prependRight(body.start, `{ ${text}`);
    edit.appendLeft(body.end, ' }');
  }
}
