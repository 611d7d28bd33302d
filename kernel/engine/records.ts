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

/** Calls back once for each run of records of the same cell and stream. */
export function decodeRecords(
  payload: Buffer,
  each: (cell: number, name: StreamName, text: string) => void,
): void {
  let run: { cell: number; stream: number; parts: Buffer[] } | undefined;
  const flush = (): void => {
    if (run) each(run.cell, NAMES[run.stream] ?? 'stdout', Buffer.concat(run.parts).toString('utf8'));
  };
  for (let at = 0; at + RECORD_HEADER <= payload.length; ) {
    const length = payload.readUInt32LE(at);
    const cell = payload.readUInt32LE(at + 4);
    const stream = payload[at + 8] ?? 0;
    const text = payload.subarray(at + RECORD_HEADER, at + RECORD_HEADER + length);
    if (run && run.cell === cell && run.stream === stream) run.parts.push(text);
    else {
      flush();
      run = { cell, stream, parts: [text] };
    }
    at += RECORD_HEADER + length;
  }
  flush();
}
