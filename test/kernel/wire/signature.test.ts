import { createHmac } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Signer } from '../../../kernel/wire/signature.ts';

const parts = ['{"msg_id":"1"}', '{}', '{}', '{"code":"1 + 1"}'].map((text) => Buffer.from(text));

describe('Signer', () => {
  it('signs as the connection file says: the hex HMAC over the parts in a row', () => {
    for (const hash of ['sha256', 'sha512']) {
      const expected = createHmac(hash, 'key').update(Buffer.concat(parts)).digest('hex');
      expect(new Signer('key', `hmac-${hash}`).sign(parts)).toBe(expected);
    }
  });

  it('accepts its own signature once and rejects the replay', () => {
    const signer = new Signer('key');
    const signature = signer.sign(parts);
    expect(signer.reject(parts, signature)).toBeUndefined();
    expect(signer.reject(parts, signature)).toBe('replayed signature');
  });

  it('rejects whatever differs in a byte of a part or of the signature', () => {
    const signature = new Signer('key').sign(parts);
    const place = fc.record({ part: fc.nat(3), at: fc.nat(), change: fc.integer({ min: 1, max: 255 }) });
    fc.assert(
      fc.property(place, ({ part, at, change }) => {
        const changed = parts.map((bytes) => Buffer.from(bytes));
        const target = changed[part] as Buffer;
        const index = at % target.length;
        target[index] = (target[index] ?? 0) ^ change;
        expect(new Signer('key').reject(changed, signature)).toBe('wrong signature');
      }),
    );
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 80 }), (forged) => {
        fc.pre(forged !== signature);
        expect(new Signer('key').reject(parts, forged)).toBe('wrong signature');
      }),
    );
  });

  it('remembers a signature that was refused as nothing: the right one still passes', () => {
    const signer = new Signer('key');
    const signature = signer.sign(parts);
    expect(signer.reject([...parts].reverse(), signature)).toBe('wrong signature');
    expect(signer.reject(parts, signature)).toBeUndefined();
  });

  it('forgets the oldest of more than 65,536 signatures, so that its memory is bounded', () => {
    const signer = new Signer('key');
    const numbered = (at: number): Buffer[] => [Buffer.from(String(at))];
    for (let at = 0; at <= 65_536; at += 1) signer.reject(numbered(at), signer.sign(numbered(at)));
    expect(signer.reject(numbered(1), signer.sign(numbered(1)))).toBe('replayed signature');
    expect(signer.reject(numbered(0), signer.sign(numbered(0)))).toBeUndefined();
  });

  it('leaves messages unsigned with an empty key', () => {
    const signer = new Signer('');
    expect(signer.sign(parts)).toBe('');
    expect(signer.reject(parts, '')).toBeUndefined();
    expect(signer.reject(parts, 'anything')).toBeUndefined();
  });

  it('refuses a scheme that it does not know', () => {
    expect(() => new Signer('key', 'rsa')).toThrow('signature_scheme is "rsa", expected "hmac-<hash>"');
    expect(() => new Signer('key', 'hmac-none')).toThrow(/hmac-none|digest/);
  });
});
