import { createHmac, timingSafeEqual } from 'node:crypto';

/** How many signatures are remembered to reject replays; the oldest are forgotten first. */
const REMEMBERED = 65_536;

/**
 * Signs and verifies message parts with HMAC, as the connection file's `signature_scheme` says
 * (`hmac-sha256` in practice). An empty key means that messages are unsigned.
 */
export class Signer {
  readonly #key: string;
  readonly #algorithm: string;
  readonly #seen = new Set<string>();

  constructor(key: string, scheme = 'hmac-sha256') {
    if (key !== '' && !scheme.startsWith('hmac-')) {
      throw new RangeError(`signature_scheme is ${JSON.stringify(scheme)}, expected "hmac-<hash>"`);
    }
    this.#key = key;
    this.#algorithm = scheme.slice('hmac-'.length);
    if (key !== '') createHmac(this.#algorithm, key);
  }

  /** The hex digest over the raw parts; an empty string without a key. */
  sign(parts: readonly Uint8Array[]): string {
    if (this.#key === '') return '';
    const hmac = createHmac(this.#algorithm, this.#key);
    for (const part of parts) hmac.update(part);
    return hmac.digest('hex');
  }

  /** Says what is wrong with a signature, or undefined when it is right and was not seen before. */
  reject(parts: readonly Uint8Array[], signature: string): string | undefined {
    if (this.#key === '') return undefined;
    const expected = Buffer.from(this.sign(parts), 'latin1');
    const received = Buffer.from(signature, 'latin1');
    if (expected.length !== received.length || !timingSafeEqual(expected, received)) return 'wrong signature';
    if (this.#seen.has(signature)) return 'replayed signature';
    this.#seen.add(signature);
    if (this.#seen.size > REMEMBERED) this.#forgetOldest();
    return undefined;
  }

  #forgetOldest(): void {
    const [oldest] = this.#seen;
    if (oldest !== undefined) this.#seen.delete(oldest);
  }
}
