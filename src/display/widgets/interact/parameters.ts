/** What is known of a function's parameters from its text. */
type Parameters =
  | { readonly kind: 'names'; readonly names: readonly string[] }
  | { readonly kind: 'object' | 'unknown' };

/**
 * How the values of controls reach a function: as one object where it destructures its only parameter; by name
 * where all its parameters are names of controls; else in the order of the controls.
 */
export function callOf(
  f: (...values: never[]) => unknown,
  controls: readonly string[],
): (values: Readonly<Record<string, unknown>>) => unknown {
  const call = f as (...values: unknown[]) => unknown;
  const parameters = parametersOf(Function.prototype.toString.call(f));
  if (parameters.kind === 'object') return (values) => call(values);
  const isNamed = parameters.kind === 'names' && parameters.names.every((name) => controls.includes(name));
  const order = isNamed && parameters.kind === 'names' ? parameters.names : controls;
  return (values) => call(...order.map((name) => values[name]));
}

function parametersOf(text: string): Parameters {
  const single = /^(?:async\s+)?([\w$]+)\s*=>/.exec(text)?.[1];
  if (single !== undefined) return { kind: 'names', names: [single] };
  const list = /^(?:async\s*)?(?:function\b\s*\*?\s*[\w$]*|[\w$]*)\s*\(/.exec(text)?.[0];
  if (list === undefined) return { kind: 'unknown' };
  const parts = split(text.slice(list.length));
  if (parts.length === 1 && parts[0]?.startsWith('{')) return { kind: 'object' };
  const names = parts.map((part) => /^([\w$]+)(?:\s*=|$)/.exec(part)?.[1]);
  // That of a native function says nothing.
  return names.length === 0 || names.includes(undefined)
    ? { kind: 'unknown' }
    : { kind: 'names', names: names as string[] };
}

/** The parameters up to the bracket that closes them. */
function split(text: string): string[] {
  const parts: string[] = [];
  let depth = 0;
  let start = 0;
  for (let at = 0; at < text.length; at++) {
    const character = text[at] ?? '';
    if ('([{'.includes(character)) depth += 1;
    const isEnd = character === ')' && depth === 0;
    if (isEnd || (character === ',' && depth === 0)) {
      parts.push(text.slice(start, at).trim());
      start = at + 1;
    }
    if (isEnd) break;
    if (')]}'.includes(character)) depth -= 1;
  }
  return parts.filter((part) => part !== '');
}
