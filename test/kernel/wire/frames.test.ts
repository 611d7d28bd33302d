import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FrameError, joinFrames, splitFrames } from '../../../kernel/wire/frames.ts';

const DELIMITER = '<IDS|MSG>';
const frame = (maxLength = 40): fc.Arbitrary<Buffer> =>
  fc.uint8Array({ maxLength }).map((bytes) => Buffer.from(bytes));
const identity = frame().filter((bytes) => bytes.toString('latin1') !== DELIMITER);
const text = (value: string): Buffer => Buffer.from(value);

describe('splitFrames', () => {
  it('is the inverse of joinFrames', () => {
    const raw = fc.record({
      identities: fc.array(identity, { maxLength: 3 }),
      signature: fc.stringMatching(/^[0-9a-f]{0,64}$/),
      parts: fc.tuple(frame(), frame(), frame(), frame()),
      buffers: fc.array(frame(200), { maxLength: 3 }),
    });
    fc.assert(
      fc.property(raw, (message) => {
        expect(splitFrames(joinFrames(message))).toEqual(message);
      }),
    );
  });

  it('takes the first delimiter: one in a buffer is data', () => {
    const parts = ['a', 'sig', '{}', '{}', '{}', '{}', DELIMITER].map(text);
    const raw = splitFrames([parts[0] as Buffer, text(DELIMITER), ...parts.slice(1)]);
    expect(raw.identities).toEqual([text('a')]);
    expect(raw.buffers).toEqual([text(DELIMITER)]);
  });

  it.each([
    [[], 'no <IDS|MSG> delimiter in 0 frames'],
    [['a', 'b'], 'no <IDS|MSG> delimiter in 2 frames'],
    [[DELIMITER], '0 frames after the delimiter, at least 5'],
    [['a', DELIMITER, 'sig', '{}', '{}', '{}'], '4 frames after the delimiter, at least 5'],
  ])('refuses %j', (frames, reason) => {
    expect(() => splitFrames(frames.map(text))).toThrow(FrameError);
    expect(() => splitFrames(frames.map(text))).toThrow(reason);
  });
});
