import { isPlain, type Plain } from '../plain.ts';
import { compositions } from './views.ts';

/** Without these a spec is another one, or none. */
const kept = ['$schema', 'data', 'datasets', 'mark', 'usermeta'];
/** The config is tried first: what uses it would be blamed for it. A channel is little without the last. */
const order = (key: string): number => (key === 'config' ? 0 : key === 'field' || key === 'type' ? 2 : 1);
/** Members that are searched even if the rest does not work without them. */
const frames = [...compositions, 'encoding'];
/** How many smaller specs are tried, and for how long in milliseconds: a large chart takes its time for each. */
const maxTries = 100;
const patience = 5000;

type Path = readonly string[];

/**
 * The smallest part of a spec without which the rest works: what Vega's errors do not say.
 *
 * @param spec a spec that does not work
 * @param works whether a spec works
 * @returns the place of the part, such as `encoding.x.axis`; empty if none is found within its bounds
 */
export function culpritOf(spec: Plain, works: (spec: Plain) => boolean): string {
  const end = performance.now() + patience;
  let tries = 0;
  const isBlamed = (path: Path): boolean => {
    tries += 1;
    return tries <= maxTries && performance.now() < end && works(without(spec, path) as Plain);
  };
  const [first = '', ...rest] = search(spec, [], isBlamed) ?? [];
  return first + rest.map((key) => (/^\d+$/.test(key) ? `[${key}]` : `.${key}`)).join('');
}

function search(part: unknown, path: Path, isBlamed: (path: Path) => boolean): Path | undefined {
  if (!isPlain(part) && !Array.isArray(part)) return undefined;
  const members = Object.entries(part).sort(([one], [two]) => order(one) - order(two));
  for (const [key, inner] of members) {
    const place = [...path, key];
    if (kept.includes(key)) continue;
    const isWhole = isBlamed(place);
    const smaller = isWhole || frames.includes(key) ? search(inner, place, isBlamed) : undefined;
    if (smaller || isWhole) return smaller ?? place;
  }
  return undefined;
}

function without(part: unknown, [key = '', ...rest]: Path): unknown {
  if (Array.isArray(part)) {
    const index = Number(key);
    return rest.length === 0 ? part.toSpliced(index, 1) : part.with(index, without(part[index], rest));
  }
  const { [key]: inner, ...others } = part as Plain;
  return rest.length === 0 ? others : { ...others, [key]: without(inner, rest) };
}
