import { StringDecoder } from 'node:string_decoder';
import { END_MARK } from './mark.ts';

/**
 * What was written straight to descriptor 1 or 2 (child processes, native libraries), with the marks
 * cut out that the runtime writes at the end of each cell.
 */
export class RawOutput {
  readonly #decoder = new StringDecoder('utf8');
  readonly #text: (text: string) => void;
  readonly #ended: (cell: number) => void;
  #held = '';

  constructor(text: (text: string) => void, ended: (cell: number) => void) {
    this.#text = text;
    this.#ended = ended;
  }

  push(chunk: Buffer): void {
    this.#held += this.#decoder.write(chunk);
    for (let at = this.#held.indexOf(END_MARK); at >= 0; at = this.#held.indexOf(END_MARK)) {
      const end = this.#held.indexOf('\n', at);
      if (end < 0) break;
      this.#emit(this.#held.slice(0, at));
      this.#ended(Number(this.#held.slice(at + END_MARK.length, end)));
      this.#held = this.#held.slice(end + 1);
    }
    const keep = this.#possibleMark();
    this.#emit(this.#held.slice(0, keep));
    this.#held = this.#held.slice(keep);
  }

  /** Where a mark begins, or may begin, in what is held. */
  #possibleMark(): number {
    const at = this.#held.lastIndexOf('\0');
    if (at < 0) return this.#held.length;
    const tail = this.#held.slice(at);
    return tail.startsWith(END_MARK) || END_MARK.startsWith(tail) ? at : this.#held.length;
  }

  #emit(text: string): void {
    if (text !== '') this.#text(text);
  }
}
