/** A magic that was given what it does not take. */
export class UsageError extends Error {
  override name = 'UsageError';
}
