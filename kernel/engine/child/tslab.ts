import Module from 'node:module';
import { jupyter } from './tslabJupyter.ts';

interface Loader {
  _load(request: string, parent: { filename?: string | null } | undefined, ...rest: unknown[]): unknown;
}

// Cells may replace this.
const { apply } = Reflect;

const PUBLIC_MODULE = /[\\/]tslab[\\/]dist[\\/]public\.js$/;
const JUPYTER_MODULE = /(?:^|[\\/])tslab[\\/]dist[\\/]jupyter(?:\.js)?$/;
const COMPILER = /^(?:@tslab\/typescript-for-tslab|typescript)$/;

/**
 * Makes a copy of tslab beside the notebook show its outputs here. Its public module wants two others: that of
 * tslab's own kernel, for the function that sends outputs, and the compiler, for its version. They get stand-ins:
 * the real ones load a TypeScript of 10 MB that nothing here asks.
 */
export function redirectTslab(): void {
  const loader = Module as unknown as Loader;
  const original = loader._load;
  loader._load = (request, parent, ...rest) => {
    const load = (wanted: string): unknown => apply(original, Module, [wanted, parent, ...rest]);
    if (JUPYTER_MODULE.test(request)) return jupyter;
    if (!PUBLIC_MODULE.test(parent?.filename ?? '')) return load(request);
    if (request === './jupyter') return jupyter;
    if (!COMPILER.test(request)) return load(request);
    const { version } = load(`${request}/package.json`) as { version: string };
    return { version };
  };
}
