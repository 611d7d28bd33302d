import type { StreamName } from './engine.ts';

/** Stream records: `u32 byte length | u32 cell | u8 stream | UTF-8 text`, little endian. */
const RECORD_HEADER = 9;

const NAMES: readonly StreamName[] = ['stdout', 'stderr'];

/** The most UTF-16 units that one record may hold. */
export const RECORD_UNITS: number = 1 << 14;

/** A UTF-16 unit becomes at most three bytes. */
const scratch = Buffer.allocUnsafeSlow(RECORD_HEADER + 3 * RECORD_UNITS);

/** A record of at most {@link RECORD_UNITS} units of text. Its bytes are overwritten by the next call. */
export function encodeRecord(cell: number, name: StreamName, text: string): Buffer {
  const length = scratch.write(text, RECORD_HEADER, 'utf8');
  scratch.writeUInt32LE(length, 0);
  scratch.writeUInt32LE(cell, 4);
  scratch[8] = NAMES.indexOf(name);
  return scratch.subarray(0, RECORD_HEADER + length);
}

/**
 * Calls back once for each run of records of the same cell and stream. The texts of a run are moved together
 * within the payload: ten thousand lines are one string, and no object each.
 */
export function decodeRecords(
  payload: Buffer,
  each: (cell: number, name: StreamName, text: string) => void,
): void {
  let [cell, stream, start, end] = [-1, 0, 0, 0];
  const flush = (): void => {
    if (cell >= 0) each(cell, NAMES[stream] ?? 'stdout', payload.toString('utf8', start, end));
  };
  for (let at = 0; at + RECORD_HEADER <= payload.length; ) {
    const length = payload.readUInt32LE(at);
    const ofCell = payload.readUInt32LE(at + 4);
    const ofStream = payload[at + 8] ?? 0;
    const text = at + RECORD_HEADER;
    if (ofCell !== cell || ofStream !== stream) {
      flush();
      [cell, stream, start, end] = [ofCell, ofStream, text, text];
    }
    payload.copyWithin(end, text, text + length);
    end += length;
    at = text + length;
  }
  flush();
}
