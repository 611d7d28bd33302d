import { UsageError } from './usage.ts';

export interface VegaSpec {
  spec: Record<string, unknown>;
  isLite: boolean;
}

/** The body of `%%vega`. */
export function vegaSpec(body: string): VegaSpec {
  let spec: unknown;
  try {
    spec = JSON.parse(body);
  } catch (error) {
    throw new UsageError(`%%vega: the cell is no JSON: ${(error as Error).message}`);
  }
  if (typeof spec !== 'object' || spec === null || Array.isArray(spec)) {
    throw new UsageError('%%vega: expected a JSON object, a spec of Vega-Lite or Vega');
  }
  const found = spec as Record<string, unknown>;
  const schema = String(found.$schema ?? '');
  const isVega = schema === '' ? Array.isArray(found.marks) : /\/schema\/vega\/|\/vega\/v\d/.test(schema);
  return { spec: found, isLite: !isVega };
}
