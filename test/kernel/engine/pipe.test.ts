import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  decodeJson,
  encodeFrame,
  FrameReader,
  STREAM_FRAME,
  streamHeader,
} from '../../../kernel/engine/pipe.ts';
import { decodeRecords, encodeRecord } from '../../../kernel/engine/records.ts';

const bytes = fc.uint8Array({ maxLength: 100 }).map((each) => Buffer.from(each));
const json = fc
  .jsonValue({ stringUnit: 'grapheme' })
  .map((value) => JSON.parse(JSON.stringify(value)) as unknown);

/** Cuts a buffer at the given places. */
function pieces(whole: Buffer, cuts: readonly number[]): Buffer[] {
  const places = [0, ...cuts.map((cut) => cut % (whole.length + 1)), whole.length].sort((a, b) => a - b);
  return places.slice(1).map((end, at) => whole.subarray(places[at], end));
}

describe('frames', () => {
  it('come out as they went in, however the pipe cuts them', () => {
    const frames = fc.array(fc.tuple(json, fc.array(bytes, { maxLength: 3 })), { maxLength: 8 });
    fc.assert(
      fc.property(frames, fc.array(fc.nat(), { maxLength: 20 }), (sent, cuts) => {
        const reader = new FrameReader();
        const received: unknown[] = [];
        for (const chunk of pieces(
          Buffer.concat(sent.map(([value, buffers]) => encodeFrame(value, buffers))),
          cuts,
        )) {
          reader.push(chunk);
          for (let frame = reader.next(); frame; frame = reader.next()) {
            expect(frame.kind).not.toBe(STREAM_FRAME);
            const { value, buffers } = decodeJson(frame.payload);
            received.push([value, buffers]);
          }
        }
        expect(received).toEqual(sent);
      }),
    );
  });

  it('leave the reader before they are handled: a handler that throws repeats nothing', () => {
    const reader = new FrameReader();
    reader.push(Buffer.concat([encodeFrame(1), encodeFrame(2)]));
    expect(decodeJson(reader.next()?.payload ?? Buffer.alloc(0)).value).toBe(1);
    expect(decodeJson(reader.next()?.payload ?? Buffer.alloc(0)).value).toBe(2);
    expect(reader.next()).toBeUndefined();
  });
});

describe('records', () => {
  const record = fc.record({
    cell: fc.integer({ min: 0, max: 2 }),
    name: fc.constantFrom('stdout' as const, 'stderr' as const),
    text: fc.string({ unit: 'grapheme', maxLength: 20 }),
  });

  it('keep text and order, and join neighbours of one cell and stream', () => {
    fc.assert(
      fc.property(fc.array(record, { maxLength: 30 }), (sent) => {
        const payload = Buffer.concat(
          sent.map(({ cell, name, text }) => Buffer.from(encodeRecord(cell, name, text))),
        );
        const reader = new FrameReader();
        reader.push(Buffer.concat([streamHeader(payload.length), payload]));
        const frame = reader.next();
        expect(frame?.kind).toBe(STREAM_FRAME);
        const runs: { cell: number; name: string; text: string }[] = [];
        decodeRecords(frame?.payload ?? Buffer.alloc(0), (cell, name, text) =>
          runs.push({ cell, name, text }),
        );
        const key = ({ cell, name }: { cell: number; name: string }): string => `${cell} ${name}`;
        const expected: { cell: number; name: string; text: string }[] = [];
        for (const each of sent) {
          const last = expected.at(-1);
          if (last && key(last) === key(each)) last.text += each.text;
          else expected.push({ ...each });
        }
        expect(runs).toEqual(expected);
      }),
    );
  });
});
