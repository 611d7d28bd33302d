import { describe, expect, it } from 'vitest';
import { kernels } from '../support/kernels.ts';
import { warningsOf } from '../support/warnings.ts';

const set = kernels();

/** A notebook as JavaScript's are: no types, properties that come when they are assigned to. */
const NOTEBOOK = [
  'var path = require("path"); var c; c = {}; c.name = "n"; c.list = []; c.list.push(1); c',
  'class Animal { constructor(name, opts) { this.name = name; this.opts = opts || {} } speak() { return this.name + this.opts.sound } }',
  'class Dog extends Animal { constructor(n) { super(n); this.tricks = []; this.age = null } add(t) { this.tricks.push(t); this.age = 3; return this } }',
  'new Dog("rex").add("sit").tricks.length + new Animal("a").opts',
  'var obj = { a: 1 }; obj.b = 2; obj["c"] = 3; delete obj.a; obj.b + obj.c',
  'function sum() { var s = 0; for (var i = 0; i < arguments.length; i++) s += arguments[i]; return s }',
  'sum(1, 2, 3)',
  'function opt(a, b) { b = b || 3; return a + b } opt(1)',
  'var tools = { twice(a, b) { return a * 2 } }; tools.twice(1)',
  'let nums = [3, 1]; nums.sort(); nums.foo = 1; nums.foo',
  'const date = new Date(); new Date() - date >= 0; "5" * 2',
  'const text = "1"; if (text == 1) text',
  'Array.prototype.last = function () { return this[this.length - 1] }; [1, 2].last()',
  'const settings = { a: 1 }; Object.assign(settings, { b: 2 }); settings.b',
  'let state = { items: [], sel: null }; state.items.push({ id: 1 }); state.sel = state.items[0]; state.sel.id',
  'const found = "abc".match(/b/); found[0] + found.index',
  'function Counter() { if (!(this instanceof Counter)) return new Counter(); this.n = 0 } Counter().n',
  'Counter.make = () => new Counter(); Counter.make().n',
  'const err = new Error("x"); err.code = "E"; err.code',
  '[].concat([1], 2, ["a"])',
  'let x = 123; x += " hello"; x.length',
  'x = { deep: 1 }; x.deep; x = [1]',
  'x.push(2); Math.max(x)',
];

describe('a notebook without types', () => {
  it('may do what JavaScript does', async () => {
    const { warnings, errors } = await warningsOf(await set.start(), NOTEBOOK);
    expect([...errors, ...warnings.flat()]).toEqual([]);
  });

  it('has its mistakes told', async () => {
    const { warnings } = await warningsOf(await set.start(), [
      'const box = { inner: 1 }; box.outer',
      'try { Math.flor(1) } catch {}',
      'Math.max("1", 2)',
      '[1, 2].map((m) => m.length)',
      'const a = "1"; a === 1',
      'Math.max.call(null, 1).nope',
    ]);
    expect(warnings.map((lines) => lines.length)).toEqual([1, 1, 1, 1, 1, 1]);
  });

  it('is one until a cell has types', async () => {
    const { warnings } = await warningsOf(await set.start(), [
      'const before = {}; before.a = 1',
      'interface Named { name: string }',
      'const after = {}; after.a = 1',
      'const maybe = "abc".match(/b/); maybe[0]',
    ]);
    expect(warnings).toEqual([
      [],
      [],
      ["1:25 Property 'a' does not exist on type '{}'. TS2339"],
      ["1:33 'maybe' is possibly 'null'. TS18047"],
    ]);
  });
});
