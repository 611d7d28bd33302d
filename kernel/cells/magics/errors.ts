import { CellSyntaxError } from '../errors.ts';

/** A magic that is unknown, or used in another way than it allows. Nothing of its cell has run. */
export class UsageError extends CellSyntaxError {
  override name = 'UsageError';
}
