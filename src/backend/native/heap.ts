import { type Memory, webAssembly } from '../../core/webAssembly.ts';

const PAGE = 65_536;
/** All that an address of 32 bits reaches. */
const MAX_PAGES = 65_536;
/** Blocks begin at multiples of a line of the processor's cache. */
const LINE = 64;

interface Block {
  address: number;
  bytes: number;
}

/** Blocks of one growing memory of WebAssembly, the lowest that is free and large enough. */
export class Heap {
  readonly memory: Memory = new (webAssembly().Memory)({ initial: 1, maximum: MAX_PAGES });
  /** By address; no two touch. */
  readonly #free: Block[] = [];
  /** All of the memory behind it is free. */
  #end = 0;
  #floats: Float32Array | undefined;

  /** The memory, until it grows. */
  get floats(): Float32Array {
    if (this.#floats?.buffer !== this.memory.buffer) this.#floats = new Float32Array(this.memory.buffer);
    return this.#floats;
  }

  /** The address of a block of so many bytes; undefined if there is no memory for it. */
  allocate(bytes: number): number | undefined {
    const size = rounded(bytes);
    const place = this.#free.findIndex((block) => block.bytes >= size);
    if (place < 0) return this.#extend(size);
    const block = this.#free[place]!;
    const { address } = block;
    if (block.bytes === size) this.#free.splice(place, 1);
    else this.#free[place] = { address: address + size, bytes: block.bytes - size };
    return address;
  }

  /** Gives a block back, of as many bytes as it was asked for with. */
  release(address: number, bytes: number): void {
    const block: Block = { address, bytes: rounded(bytes) };
    let place = this.#free.findIndex((other) => other.address > address);
    if (place < 0) place = this.#free.length;
    const [before, after] = [this.#free[place - 1], this.#free[place]];
    if (after && block.address + block.bytes === after.address) {
      block.bytes += after.bytes;
      this.#free.splice(place, 1);
    }
    if (before && before.address + before.bytes === block.address) before.bytes += block.bytes;
    else this.#free.splice(place, 0, block);
    const last = this.#free.at(-1)!;
    if (last.address + last.bytes === this.#end) this.#end = this.#free.pop()!.address;
  }

  /** A block behind all others. */
  #extend(size: number): number | undefined {
    const address = this.#end;
    const missing = address + size - this.memory.buffer.byteLength;
    // By a quarter at least, as each growth is a call of the system.
    const wanted = Math.ceil(Math.max(missing, this.memory.buffer.byteLength / 4) / PAGE);
    if (missing > 0 && !this.#grow(wanted) && !this.#grow(Math.ceil(missing / PAGE))) return undefined;
    this.#end = address + size;
    return address;
  }

  #grow(pages: number): boolean {
    try {
      this.memory.grow(pages);
      return true;
    } catch {
      return false;
    }
  }
}

const rounded = (bytes: number): number => Math.ceil(bytes / LINE) * LINE;
