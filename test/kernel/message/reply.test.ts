import { describe, expect, it } from 'vitest';
import { MessageFactory } from '../../../kernel/message/reply.ts';

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

describe('MessageFactory', () => {
  it('gives each message an id and a date of its own, and its own session', () => {
    const factory = new MessageFactory();
    const headers = Array.from({ length: 100 }, () => factory.create('status', {}).header);
    expect(new Set(headers.map(({ msg_id }) => msg_id)).size).toBe(100);
    for (const { msg_id, session, date, version, username } of headers) {
      expect(msg_id).toMatch(UUID);
      expect(session).toBe(factory.session);
      expect(date).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
      expect([version, username]).toEqual(['5.5', 'kernel']);
    }
    expect(new MessageFactory().session).not.toBe(factory.session);
  });

  it('has an empty parent where nothing caused the message', () => {
    expect(new MessageFactory().create('status', {}).parentHeader).toEqual({});
  });
});
