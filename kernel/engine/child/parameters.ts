const CLOSING: Readonly<Record<string, string>> = { '(': ')', '[': ']', '{': '}' };
const MAX_PARAMETERS = 200;

/** The parameter list of a function's source, in one line; none for native functions and classes. */
export function parametersOf(source: string): string | undefined {
  if (/^class\b|\{\s*\[native code\]\s*\}$/.test(source)) return undefined;
  const single = /^(?:async\s+)?([\p{ID_Start}$_][\p{ID_Continue}$]*)\s*=>/u.exec(source);
  if (single) return `(${single[1]})`;
  const start = source.indexOf('(');
  const open: string[] = [];
  for (let index = start; index >= 0 && index < Math.min(source.length, start + MAX_PARAMETERS); index += 1) {
    const character = source[index] ?? '';
    const closing = CLOSING[character];
    if (closing !== undefined) open.push(closing);
    else if (character === open.at(-1)) open.pop();
    if (open.length === 0) return source.slice(start, index + 1).replace(/\s+/g, ' ');
  }
  return start < 0 ? undefined : '(…)';
}
