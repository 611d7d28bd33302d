// biome-ignore-all lint/suspicious/noTemplateCurlyInString: commands hold templates

import { expect, it } from 'vitest';
import { interpolated } from '../../../../kernel/cells/magics/interpolate.ts';
import { isGlobal } from '../../../../kernel/cells/magics/names.ts';

const mine = new Set(['a', 'b', 'list']);
const names = {
  declared: (name: string): boolean => mine.has(name),
  known: (name: string): boolean => mine.has(name) || isGlobal(name),
};

/** Expressions in brackets. */
const parts = (command: string): string[] =>
  interpolated(command, names).map(({ start, end, text }) => text ?? `<${command.slice(start, end)}>`);

it.each([
  ['plain', ['plain']],
  ['$a', ['<a>']],
  ['x$a/y', ['x', '<a>', '/y']],
  ['${a} {b}', ['<a>', ' ', '<b>']],
  ['{a + 1}', ['<a + 1>']],
  ['{list.map((x) => `${x}}`)}', ['<list.map((x) => `${x}}`)>']],
  ['${Math.PI}', ['<Math.PI>']],
  ['${1 + 1}', ['<1 + 1>']],
  ['${process.pid}', ['<process.pid>']],
  ['{a + process.pid}', ['<a + process.pid>']],
  ['if (x) { console.log(1) }', ['if (x) { console.log(1) }']],
  ['$$a $$', ['$a $']],
  [
    '$HOME ${HOME} ${HOME:-x} $1 ${1} $(x) $((1 + 1)) $? $!',
    ['$HOME ${HOME} ${HOME:-x} $1 ${1} $(x) $((1 + 1)) $? $!'],
  ],
  ["awk '{print $1}'", ["awk '{print $1}'"]],
  ['{a,b} {1..3} {} {x} {', ['{a,b} {1..3} {} {x} {']],
  ['$URL ${URL} {URL}', ['$URL ${URL} {URL}']],
  ['{unknown.x}', ['{unknown.x}']],
  ['$ab', ['$ab']],
])('%j', (command, expected) => {
  expect(parts(command)).toEqual(expected);
});
