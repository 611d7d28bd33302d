/**
 * Frames on the pipes between host and runtime: `u32 length | u8 kind | payload`, little endian.
 * A JSON frame's payload is `u32 json length | json | (u32 length | bytes)…`, binary buffers last.
 * A stream frame's payload is a run of records, see ./records.ts.
 */
const JSON_FRAME = 0;
export const STREAM_FRAME = 1;

const HEADER = 5;

/** The user may replace the global. */
const { parse, stringify } = JSON;

export interface JsonFrame {
  value: unknown;
  buffers: Buffer[];
}

/** Encodes a value and its binary buffers as one frame. */
export function encodeFrame(value: unknown, buffers: readonly Uint8Array[] = []): Buffer {
  const json = Buffer.from(stringify(value), 'utf8');
  const size = buffers.reduce((sum, buffer) => sum + 4 + buffer.byteLength, 4 + json.length);
  const frame = Buffer.allocUnsafe(HEADER + size);
  frame.writeUInt32LE(size, 0);
  frame[4] = JSON_FRAME;
  frame.writeUInt32LE(json.length, HEADER);
  json.copy(frame, HEADER + 4);
  let at = HEADER + 4 + json.length;
  for (const buffer of buffers) {
    frame.writeUInt32LE(buffer.byteLength, at);
    frame.set(buffer, at + 4);
    at += 4 + buffer.byteLength;
  }
  return frame;
}

/** The header of a stream frame whose payload follows in a separate buffer. */
export function streamHeader(length: number): Buffer {
  const header = Buffer.allocUnsafe(HEADER);
  header.writeUInt32LE(length, 0);
  header[4] = STREAM_FRAME;
  return header;
}

/** Decodes the payload of a JSON frame. */
export function decodeJson(payload: Buffer): JsonFrame {
  const length = payload.readUInt32LE(0);
  const value: unknown = parse(payload.toString('utf8', 4, 4 + length));
  const buffers: Buffer[] = [];
  for (let at = 4 + length; at < payload.length; ) {
    const size = payload.readUInt32LE(at);
    buffers.push(payload.subarray(at + 4, at + 4 + size));
    at += 4 + size;
  }
  return { value, buffers };
}

/** Calls back for each frame that a pipe brings. */
export function readFrames(pipe: NodeJS.ReadableStream, each: (kind: number, payload: Buffer) => void): void {
  const frames = new FrameReader();
  pipe.on('data', (chunk: Buffer) => {
    frames.push(chunk);
    for (let frame = frames.next(); frame; frame = frames.next()) each(frame.kind, frame.payload);
  });
}

/** Cuts a stream of chunks into frames. Each frame leaves the reader before it is handled. */
export class FrameReader {
  #pending: Buffer[] = [];
  #size = 0;

  push(chunk: Buffer): void {
    this.#pending.push(chunk);
    this.#size += chunk.length;
  }

  /** The next whole frame, or undefined until more bytes come. */
  next(): { kind: number; payload: Buffer } | undefined {
    if (this.#size < HEADER) return undefined;
    const head = this.#front(HEADER);
    const length = head.readUInt32LE(0);
    const kind = head[4] ?? JSON_FRAME;
    if (this.#size < HEADER + length) return undefined;
    const frame = this.#front(HEADER + length);
    const rest = this.#pending[0]?.subarray(HEADER + length);
    this.#pending = [...(rest && rest.length > 0 ? [rest] : []), ...this.#pending.slice(1)];
    this.#size -= HEADER + length;
    return { kind, payload: frame.subarray(HEADER, HEADER + length) };
  }

  /** Makes the first chunk at least `length` bytes long and returns it. */
  #front(length: number): Buffer {
    const first = this.#pending[0];
    if (first && first.length >= length) return first;
    const joined = Buffer.concat(this.#pending);
    this.#pending = [joined];
    return joined;
  }
}
