import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decode, encode } from '../../../kernel/message/codec.ts';
import { MessageFactory } from '../../../kernel/message/reply.ts';
import type { Header, Json, Message } from '../../../kernel/message/types.ts';
import { joinFrames, splitFrames } from '../../../kernel/wire/frames.ts';
import { Signer } from '../../../kernel/wire/signature.ts';

const KEY = 'codec';
const factory = new MessageFactory();

// JSON has no -0, and a key `__proto__` would be set on the literal that fast-check makes.
const object: fc.Arbitrary<Json> = fc
  .dictionary(fc.string({ unit: 'grapheme' }), fc.jsonValue({ stringUnit: 'grapheme' }), {
    noNullPrototype: true,
  })
  .map((value) => JSON.parse(JSON.stringify(value)) as Json);
const text = fc.string({ unit: 'binary' });
const bytes = fc.uint8Array({ maxLength: 300 }).map((each) => Buffer.from(each));
const header: fc.Arbitrary<Header> = fc.record({
  ...{ msg_id: text, msg_type: text, session: text, username: text, date: text, version: text },
});
const message: fc.Arbitrary<Message> = fc.record({
  identities: fc.array(bytes, { maxLength: 2 }),
  header,
  parentHeader: fc.oneof(header, fc.constant({} as Record<string, never>)),
  metadata: object,
  content: object,
  buffers: fc.array(bytes, { maxLength: 3 }),
});

/** A message with one part replaced, rightly signed. */
function tampered(part: 0 | 1 | 2 | 3, json: string): Buffer[] {
  const signer = new Signer(KEY);
  const raw = splitFrames(encode(factory.create('test', {}), signer));
  raw.parts[part] = Buffer.from(json);
  raw.signature = signer.sign(raw.parts);
  return joinFrames(raw);
}

describe('codec', () => {
  it('gives back what was encoded, with buffers and every kind of text', () => {
    fc.assert(
      fc.property(message, (sent) => {
        // A lone surrogate has no UTF-8: Node writes U+FFFD for it.
        const wellFormed = JSON.parse(Buffer.from(JSON.stringify(sent)).toString()) as Message;
        const expected = { ...wellFormed, identities: sent.identities, buffers: sent.buffers };
        expect(decode(encode(sent, new Signer(KEY)), new Signer(KEY))).toEqual(expected);
      }),
      { numRuns: 300 },
    );
  });

  it('sends a view of a larger buffer as the bytes that it shows', () => {
    const whole = new Uint8Array([1, 2, 3, 4, 5]);
    const sent = factory.create('test', {}, { buffers: [whole.subarray(1, 3)] });
    expect(decode(encode(sent, new Signer(KEY)), new Signer(KEY)).buffers).toEqual([Buffer.from([2, 3])]);
  });

  it('does not sign buffers, as the specification has it', () => {
    const frames = encode(factory.create('test', {}, { buffers: [Buffer.from('a')] }), new Signer(KEY));
    frames[frames.length - 1] = Buffer.from('b');
    expect(decode(frames, new Signer(KEY)).buffers).toEqual([Buffer.from('b')]);
  });

  it('verifies before it parses', () => {
    const frames = tampered(0, 'not json');
    frames[1] = Buffer.from('0'.repeat(64));
    expect(() => decode(frames, new Signer(KEY))).toThrow('wrong signature');
  });

  it.each([
    [0, 'not json', 'header is not JSON'],
    [0, '[]', 'header is [], expected a JSON object'],
    [0, 'null', 'header is null, expected a JSON object'],
    [0, '{}', 'header.msg_id is missing, expected a string'],
    [0, '{"msg_id":"1","msg_type":{},"session":"s"}', 'header.msg_type is {}, expected a string'],
    [0, '{"msg_id":"1","msg_type":"t","session":7}', 'header.session is 7, expected a string'],
    [1, '3', 'parent_header is 3, expected a JSON object'],
    [2, '"x"', 'metadata is "x", expected a JSON object'],
    [3, '{"code":', 'content is not JSON'],
  ] as const)('refuses part %i when it is %s', (part, json, reason) => {
    expect(() => decode(tampered(part, json), new Signer(KEY))).toThrow(reason);
  });

  it('refuses a header too deep to be sent back, and says so in a line of bounded length', () => {
    const deep = `${'['.repeat(50_000)}${']'.repeat(50_000)}`;
    const named = `{"msg_id":"1","msg_type":"t","session":"s","x":${deep}}`;
    for (const json of [
      named,
      `{"msg_id":${deep}}`,
      `{"msg_id":"1","msg_type":"${'x'.repeat(1e6)}","session":1}`,
    ]) {
      const attempt = (): Message => decode(tampered(0, json), new Signer(KEY));
      expect(attempt).toThrow(/^header/);
      expect(attempt).toThrow(/^.{1,300}$/s);
    }
  });
});
