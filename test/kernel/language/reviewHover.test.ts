import { describe, expect, it } from 'vitest';
import { hoverOf, typeIn } from '../../../kernel/language/hover.ts';

describe('what is imported from files that have no declarations', () => {
  it('is a constant of that name', async () => {
    const contents = { value: '```typescript\n(property) exports: {\n    rows: number[];\n}\n```\n' };
    const hover = await hoverOf({ contents }, 'data');
    expect(hover?.signature).toBe('const data: {\n    rows: number[];\n}');
  });
});

describe('the type in a declaration', () => {
  it.each([
    ['const data: {\n    rows: number[];\n}', '{ rows: number[]; }'],
    ['const f: (a: string) => void', '(a: string) => void'],
    ['(method) path.PlatformPath.join(...paths: string[]): string', '(...paths: string[]) => string'],
    ['(property) Shape.sides: number', 'number'],
    ['function scale(value: number, factor?: number): number', '(value: number, factor?: number) => number'],
    ['class Dog<T>', 'class'],
  ])('%j', (signature, type) => {
    expect(typeIn(signature)).toBe(type);
  });
});
