import { describe, expect, it } from 'vitest';
import { Documents } from '../../../kernel/language/documents.ts';

/** The code of the modules, without what is put around it. */
function modulesOf(cells: readonly string[], shownAfter: readonly number[] = []): string[] {
  const documents = new Documents();
  for (const [at, cell] of cells.entries()) {
    documents.add(cell);
    if (shownAfter.includes(at)) documents.seal();
  }
  documents.seal();
  return [...documents.modules.values()].map(({ text }) =>
    text
      .replace(/^.*\n/, '')
      .replace(/\n;export \{[^}]*\};\n$/, '')
      .replaceAll('\n;\n', ' | '),
  );
}

describe('cells that the language server is yet to see', () => {
  it.each<[string, string[], string[]]>([
    [
      'are one module',
      ['let a = 1', 'const b = a', 'function f() {}'],
      ['let a = 1 | const b = a | function f() {}'],
    ],
    ['that declare nothing are none', ['1 + 1', 'a = 2'], []],
    [
      'that declare a name again are another',
      ['let a = 1', 'let b = a', 'let a = ""'],
      ['let a = 1 | let b = a', 'let a = ""'],
    ],
    ['leave nothing when all they declare is declared again', ['let a = 1', 'let a = 2'], ['let a = 2']],
    [
      'that say something about the global scope are modules of their own',
      ['let a = 1', 'declare global {}', 'let b = 1'],
      ['let a = 1', 'declare global {}', 'let b = 1'],
    ],
    ['with syntax errors are left out', ['let a = 1', 'let b = (', 'let c = 1'], ['let a = 1 | let c = 1']],
  ])('%s', (_what, cells, expected) => {
    expect(modulesOf(cells)).toEqual(expected);
  });

  it('are modules of their own once earlier ones were shown', () => {
    expect(modulesOf(['let a = 1', 'let b = a', 'let c = b'], [0])).toEqual([
      'let a = 1',
      'let b = a | let c = b',
    ]);
  });

  it('that declare what others use from before are another module', () => {
    expect(modulesOf(['let a = 1', 'let b = a', 'let a = ""'], [0])).toEqual([
      'let a = 1',
      'let b = a',
      'let a = ""',
    ]);
  });
});
