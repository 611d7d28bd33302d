import { describe, expect, it } from 'vitest';
import { oneLine } from '../../../kernel/cli/errors.ts';

describe('oneLine', () => {
  it.each([
    [' two\n  lines\r\nand\tmore\r', 'two lines and more'],
    ['\x1b[31mred\x1b[0m \x1b[2Jtext', 'red text'],
    ['a\x1b]0;title\x07b', 'ab'],
    ['a\x1b]8;;http://x\x1b\\b\x1bc', 'ab'],
    ['a\x00\x07\x08\x7f\x9b31mb', 'ab'],
    ['größe – 😀', 'größe – 😀'],
  ])('makes %j %j', (message, line) => {
    expect(oneLine(message)).toBe(line);
  });
});
