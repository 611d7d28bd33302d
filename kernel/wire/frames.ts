/**
 * The frames of a Jupyter message: `[identity…, '<IDS|MSG>', signature, header, parent_header,
 * metadata, content, buffer…]` (messaging specification 5.5, "The wire protocol").
 */
const DELIMITER = '<IDS|MSG>';

const delimiter: Buffer = Buffer.from(DELIMITER);

/** A message as it came from the socket: nothing parsed, nothing trusted. */
export interface RawMessage {
  identities: Buffer[];
  signature: string;
  /** header, parent_header, metadata and content, in this order: what the signature covers. */
  parts: [Buffer, Buffer, Buffer, Buffer];
  buffers: Buffer[];
}

/** Frames that are not a Jupyter message, a wrong or replayed signature, or content that is not JSON. */
export class FrameError extends Error {
  override name = 'FrameError';
}

/** Splits frames into their named parts. Throws a FrameError when the delimiter or a part is missing. */
export function splitFrames(frames: readonly Buffer[]): RawMessage {
  const at = frames.findIndex((frame) => frame.equals(delimiter));
  if (at < 0) throw new FrameError(`no ${DELIMITER} delimiter in ${frames.length} frames`);
  const [signature, header, parent, metadata, content] = frames.slice(at + 1, at + 6);
  if (!signature || !header || !parent || !metadata || !content) {
    throw new FrameError(`${frames.length - at - 1} frames after the delimiter, at least 5 are needed`);
  }
  return {
    identities: frames.slice(0, at),
    signature: signature.toString('latin1'),
    parts: [header, parent, metadata, content],
    buffers: frames.slice(at + 6),
  };
}

/** The inverse of {@link splitFrames}. */
export function joinFrames(raw: RawMessage): Buffer[] {
  return [...raw.identities, delimiter, Buffer.from(raw.signature, 'latin1'), ...raw.parts, ...raw.buffers];
}
