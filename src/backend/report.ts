/** A back end that was tried and did not start. */
export interface Attempt {
  name: string;
  reason: string;
}

/** What is known of a back end once it has started. */
export interface Details {
  /** The library that computes, and its version. */
  version: string;
  device: 'cpu' | 'gpu';
  /** Where it was loaded from. */
  from?: string;
  /** Whether it uses vector instructions, where that is known. */
  simd?: boolean;
  relaxedSimd?: boolean;
}

/** The first line of whatever was thrown: packages throw more than Errors. */
export function firstLine(thrown: unknown): string {
  const isObject = thrown !== null && typeof thrown === 'object';
  try {
    const message = isObject && 'message' in thrown ? thrown.message : thrown;
    return (
      String(message)
        .split('\n')[0]!
        .replace(/[\s.]+$/, '') || 'it says nothing'
    );
  } catch {
    // An object without a prototype, or with one that throws, has no text.
    return 'it threw what cannot be shown';
  }
}
