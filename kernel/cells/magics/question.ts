/** What a cell asks of the kernel itself instead of being run. */
export interface InspectionRequest {
  expression: string;
  /** 1 for `??`: the source too. */
  detail: 0 | 1;
}

/** `?name`, `name?` and, with the source, `??name`, `name??`: a question about a value or a magic. */
export function inspectionRequest(code: string): InspectionRequest | undefined {
  const match = /^\s*(\?{1,2})?\s*(%{0,2}[\p{ID_Start}$_][\p{ID_Continue}$.[\]'"]*)\s*(\?{1,2})?;?\s*$/u.exec(
    code,
  );
  const marks = match?.[1] ?? match?.[3];
  if (!match?.[2] || !marks || (match[1] && match[3])) return undefined;
  return { expression: match[2], detail: marks.length === 2 ? 1 : 0 };
}
