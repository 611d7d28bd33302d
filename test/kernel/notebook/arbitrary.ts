import fc from 'fast-check';
import type {
  Cell,
  JsonObject,
  JsonValue,
  MimeBundle,
  Notebook,
  Output,
} from '../../../kernel/notebook/notebook.ts';

const json: fc.Arbitrary<JsonValue> = fc.jsonValue({ maxDepth: 3 }).map((value) => value as JsonValue);
const metadata: fc.Arbitrary<JsonObject> = fc.dictionary(fc.string({ maxLength: 8 }), json, { maxKeys: 4 });
/** Every line end that Python knows occurs, in and out of pairs. */
const text: fc.Arbitrary<string> = fc
  .array(
    fc.oneof(
      fc.string({ unit: 'grapheme', maxLength: 12 }),
      fc.constantFrom('\n', '\r', '\r\n', '\f', '\u2028', '\u0085', '\u001b[31m'),
    ),
    { maxLength: 8 },
  )
  .map((parts) => parts.join(''));
const data: fc.Arbitrary<MimeBundle> = fc
  .record(
    {
      'text/plain': text,
      'text/html': text,
      'image/png': fc.base64String({ maxLength: 40 }),
      'image/svg+xml': text,
      'application/javascript': text,
      'application/json': json,
      'application/vnd.vegalite.v5+json': json,
    },
    { requiredKeys: [] },
  )
  .map((bundle) => bundle as MimeBundle);
const count: fc.Arbitrary<number | null> = fc.option(fc.nat(), { nil: null });

const output: fc.Arbitrary<Output> = fc.oneof(
  fc.record({ output_type: fc.constant('stream' as const), name: fc.constantFrom('stdout', 'stderr'), text }),
  fc.record({ output_type: fc.constant('display_data' as const), data, metadata }),
  fc.record({ output_type: fc.constant('execute_result' as const), execution_count: count, data, metadata }),
  fc.record({
    output_type: fc.constant('error' as const),
    ename: text,
    evalue: text,
    traceback: fc.array(text, { maxLength: 3 }),
  }),
);

const base = { metadata, source: text };
const attachments = fc.dictionary(fc.string({ minLength: 1, maxLength: 8 }), data, { maxKeys: 2 });
const cell: fc.Arbitrary<Cell> = fc.oneof(
  fc.record({
    cell_type: fc.constant('code' as const),
    ...base,
    execution_count: count,
    outputs: fc.array(output, { maxLength: 3 }),
  }),
  fc.record({ cell_type: fc.constant('markdown' as const), ...base }),
  fc.record({ cell_type: fc.constant('markdown' as const), ...base, attachments }),
  fc.record({ cell_type: fc.constant('raw' as const), ...base }),
);

/** Notebooks of nbformat 4.5 whose cells have ids of their own. */
export const notebooks: fc.Arbitrary<Notebook> = fc
  .record({ metadata, cells: fc.array(cell, { maxLength: 5 }) })
  .map((parts) => ({
    nbformat: 4,
    nbformat_minor: 5,
    metadata: parts.metadata,
    cells: parts.cells.map((one, i) => ({ ...one, id: `cell-${i}` })),
  }));
