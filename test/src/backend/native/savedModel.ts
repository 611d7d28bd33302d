import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

// Protocol buffers by hand: https://protobuf.dev/programming-guides/encoding/, the fields of tensorflow/core/protobuf.

type Field = Buffer;

const varint = (value: number): Buffer => {
  const bytes: number[] = [];
  let rest = value;
  for (; rest > 127; rest = Math.floor(rest / 128)) bytes.push((rest % 128) | 128);
  return Buffer.from([...bytes, rest]);
};
const number = (field: number, value: number): Field => Buffer.concat([varint(field << 3), varint(value)]);
const bytes = (field: number, value: Buffer): Field =>
  Buffer.concat([varint((field << 3) | 2), varint(value.length), value]);
const text = (field: number, value: string): Field => bytes(field, Buffer.from(value));
const message = (field: number, ...fields: Field[]): Field => bytes(field, Buffer.concat(fields));
const entry = (field: number, key: string, ...value: Field[]): Field =>
  message(field, text(1, key), message(2, ...value));

const DT_FLOAT = 1;

/** Writes the saved model of y = x + x, whose signature is the default one, on lists of `size` numbers. */
export function writeDoubling(folder: string, size: number): void {
  const shape = [message(2, number(1, size))];
  const type = entry(5, 'T', number(6, DT_FLOAT));
  const placeholder = message(
    1,
    text(1, 'x'),
    text(2, 'Placeholder'),
    entry(5, 'dtype', number(6, DT_FLOAT)),
    entry(5, 'shape', message(7, ...shape)),
  );
  const sum = message(1, text(1, 'y'), text(2, 'AddV2'), text(3, 'x'), text(3, 'x'), type);
  const graph = message(2, placeholder, sum, message(4, number(1, 1087)));
  const tensor = (name: string): Field[] => [text(1, name), number(2, DT_FLOAT), message(3, ...shape)];
  const signature = entry(
    5,
    'serving_default',
    entry(1, 'x', ...tensor('x:0')),
    entry(2, 'y', ...tensor('y:0')),
    text(3, 'tensorflow/serving/predict'),
  );
  const meta = message(2, message(1, text(4, 'serve'), text(5, '2.21.0')), graph, signature);
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'saved_model.pb'), Buffer.concat([number(1, 1), meta]));
}
