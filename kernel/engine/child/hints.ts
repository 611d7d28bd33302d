/** What else there is, for names of other kernels and hosts. */
const HINTS: Record<string, string> = {
  Deno:
    'this kernel runs on Node.js. For Deno.jupyter there are display(value), html`…`, md`…`, svg`…` and ' +
    'prompt(); for the rest the modules of Node.js, such as node:fs',
};

// Cells may replace this.
const { hasOwn } = Object;

/** What to say below an error about a name that is not defined. */
export function hintFor(name: string, message: string): string | undefined {
  const missing = name === 'ReferenceError' ? /^(\w+) is not defined$/.exec(message)?.[1] : undefined;
  return missing !== undefined && hasOwn(HINTS, missing) ? HINTS[missing] : undefined;
}
