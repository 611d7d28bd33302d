import { expect, it } from 'vitest';
import { createRing, RingReader, RingWriter } from '../../../../kernel/engine/child/ring.ts';

it('a wait for input goes on when the call for an earlier answer comes late', () => {
  const ring = createRing();
  const reader = new RingReader(ring);
  const writer = new RingWriter(
    ring,
    () => undefined,
    () => undefined,
  );
  const answers = [undefined, 'answer'];
  const taken = writer.waitForInput(
    () => reader.announceInput(),
    () => {
      reader.announceInput();
      return answers.shift();
    },
  );
  expect(taken).toBe('answer');
  expect(answers).toEqual([]);
});
