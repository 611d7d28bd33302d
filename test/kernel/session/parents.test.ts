import { describe, expect, it } from 'vitest';
import { MessageFactory } from '../../../kernel/message/reply.ts';
import { Parents } from '../../../kernel/session/parents.ts';

const factory = new MessageFactory();

describe('Parents', () => {
  it('knows who asked, and drops what is large', () => {
    const parents = new Parents();
    const content = { code: 'x'.repeat(1000), data: { y: 1 }, allow_stdin: false };
    const request = factory.create('execute_request', content, {
      identities: [Buffer.from('client')],
      buffers: [Buffer.alloc(1000)],
    });
    const kept = parents.get(parents.add(request));
    expect(kept?.header).toEqual(request.header);
    expect(kept?.identities).toEqual(request.identities);
    expect(kept?.content).toEqual({ allow_stdin: false });
    expect(kept?.buffers).toEqual([]);
  });

  it('forgets the oldest of more than 10,000', () => {
    const parents = new Parents();
    const numbers = Array.from({ length: 10_001 }, () => parents.add(factory.create('execute_request', {})));
    expect(parents.get(numbers[0] ?? 0)).toBeUndefined();
    expect(parents.get(numbers[1] ?? 0)).toBeDefined();
  });
});
