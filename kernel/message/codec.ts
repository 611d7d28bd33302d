import { FrameError, joinFrames, splitFrames } from '../wire/frames.ts';
import type { Signer } from '../wire/signature.ts';
import type { Header, Json, Message } from './types.ts';

function parseObject(part: Buffer, name: string): Json {
  let value: unknown;
  try {
    value = JSON.parse(part.toString('utf8'));
  } catch (error) {
    throw new FrameError(`${name} is not JSON: ${(error as Error).message}`);
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new FrameError(`${name} is ${part.toString('utf8', 0, 40)}, expected a JSON object`);
  }
  return value as Json;
}

const isNested = (value: unknown): boolean => typeof value === 'object' && value !== null;

/** The beginning of a value's JSON, for messages. */
export function brief(value: unknown): string {
  try {
    return JSON.stringify(value)?.slice(0, 80) ?? 'missing';
  } catch {
    return 'nested too deep';
  }
}

function checkHeader(header: Json): Header {
  for (const field of ['msg_id', 'msg_type', 'session'] as const) {
    if (typeof header[field] !== 'string') {
      throw new FrameError(`header.${field} is ${brief(header[field])}, expected a string`);
    }
  }
  // It travels back as the parent of each answer, so it must be possible to write it again.
  if (Object.values(header).some(isNested) && brief(header) === 'nested too deep') {
    throw new FrameError('header is nested too deep');
  }
  return header as unknown as Header;
}

/** Verifies the signature over the raw frames, then parses. Throws a FrameError. */
export function decode(frames: readonly Buffer[], signer: Signer): Message {
  const raw = splitFrames(frames);
  const problem = signer.reject(raw.parts, raw.signature);
  if (problem) throw new FrameError(problem);
  const [header, parent, metadata, content] = raw.parts;
  // Content of another type than an object is the handler's to refuse: it is rightly signed,
  // so its sender is owed a reply.
  return {
    identities: raw.identities,
    header: checkHeader(parseObject(header, 'header')),
    parentHeader: parseObject(parent, 'parent_header') as unknown as Header,
    metadata: parseObject(metadata, 'metadata'),
    content: parseContent(content),
    buffers: raw.buffers,
  };
}

function parseContent(part: Buffer): Json {
  try {
    return JSON.parse(part.toString('utf8')) as Json;
  } catch (error) {
    throw new FrameError(`content is not JSON: ${(error as Error).message}`);
  }
}

/** Encodes and signs a message. Buffers travel raw and unsigned. */
export function encode(message: Message, signer: Signer): Buffer[] {
  const json = (value: unknown): Buffer => Buffer.from(JSON.stringify(value), 'utf8');
  const parts: [Buffer, Buffer, Buffer, Buffer] = [
    json(message.header),
    json(message.parentHeader),
    json(message.metadata),
    json(message.content),
  ];
  const bytes = (view: Uint8Array): Buffer => Buffer.from(view.buffer, view.byteOffset, view.byteLength);
  return joinFrames({
    identities: message.identities.map(bytes),
    signature: signer.sign(parts),
    parts,
    buffers: message.buffers.map(bytes),
  });
}
