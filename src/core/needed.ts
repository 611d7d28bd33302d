import { ArgumentError, describe } from './check.ts';
import type { Params } from './types.ts';

/**
 * Parameters that a transform needs.
 *
 * @throws ArgumentError when `update` was given none
 */
export function needed(where: string, params: Params | undefined): Params {
  if (params !== undefined) return params;
  throw new ArgumentError(where, 'params', describe(params), 'given to update, as its third argument');
}
