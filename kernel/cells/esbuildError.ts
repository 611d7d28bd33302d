/** What esbuild has to say of code that it cannot take. */
export interface EsbuildError {
  text: string;
  /** Counts from 1. */
  line: number;
  /** Counts from 0. */
  column: number;
}

/** The first of the errors that esbuild has thrown; undefined where it was something else. */
export function esbuildError(thrown: unknown): EsbuildError | undefined {
  const { errors = [] } = thrown as {
    errors?: { text: string; location: { line: number; column: number } | null }[];
  };
  const [first] = errors;
  return first && { text: first.text, line: first.location?.line ?? 1, column: first.location?.column ?? 0 };
}
