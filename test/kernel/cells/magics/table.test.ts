import { describe, expect, it } from 'vitest';
import { helpBundle, helpOfAll } from '../../../../kernel/cells/magics/help.ts';
import { MAGICS } from '../../../../kernel/cells/magics/table.ts';
import { transformCell } from '../../../../kernel/cells/transform.ts';
import { isComplete } from '../../../../kernel/language/isComplete.ts';

describe.each(MAGICS.map((magic) => [magic.name, magic] as const))('%s', (name, magic) => {
  it('has an example that is a cell', () => {
    expect(transformCell(magic.example, 'cell.ts').code).toContain('__descent__.magics.');
    expect(isComplete(magic.example)).toEqual({ status: 'complete' });
  });

  it('has help', () => {
    expect(helpOfAll()).toContain(`%${name}`);
    const bundle = helpBundle(magic);
    for (const type of ['text/plain', 'text/markdown', 'text/html'])
      expect(bundle[type]).toContain(`%${name}`);
    expect(magic.usage.startsWith('%')).toBe(true);
    expect(magic.help).not.toContain('\n');
  });
});
