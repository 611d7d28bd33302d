import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { nearest } from '../../core/nearest.ts';
import { allowedText } from '../allowedText.ts';
import { parseColour } from '../colour/colour.ts';
import { shortText } from '../inspect.ts';
import { isPlain, type Plain } from '../plain.ts';
import { isExpression } from './expressions.ts';
import { compositions } from './views.ts';

/** What is wrong in one place of a spec. */
interface Problem {
  readonly path: readonly string[];
  readonly value: unknown;
  /** A member that is not known, or is missing. */
  readonly key?: string;
  readonly isMissing?: boolean;
  /** A member that resembles no known one: it tells against an alternative, but passes. */
  readonly isSilent?: boolean;
  /** Allowed words, or members. */
  readonly words: readonly string[];
  /** Allowed types. */
  readonly types: readonly string[];
}

/** Data is checked elsewhere, and anything goes in what is the user's own. */
const unchecked = ['$schema', 'data', 'datasets', 'scheme', 'usermeta'];

/** A message names so many words at most. */
const mostWords = 30;

let definitions: Plain | undefined;

/** Vega-Lite's own schema, without its descriptions; it takes some 20 ms to read. */
function loadDefinitions(): Plain {
  if (definitions) return definitions;
  const folder = dirname(createRequire(import.meta.url).resolve('vega-lite'));
  const text = readFileSync(join(folder, 'vega-lite-schema.json'), 'utf8');
  definitions = (JSON.parse(text) as { definitions: Plain }).definitions;
  return definitions;
}

/**
 * Compare a spec with Vega-Lite's schema; throws a TypeError that names the place, the value and what is allowed.
 * Vega-Lite itself ignores most mistakes and draws something else. Members that are unknown and resemble no
 * known one pass, as in Vega-Lite, and so do null and expressions everywhere.
 */
export function checkSchema(spec: Plain): void {
  const problems = problemsOf(spec, { $ref: '#/definitions/TopLevelSpec' }, []);
  const telling = problems.filter((one) => !one.isSilent);
  const problem = telling.find((one) => one.key !== undefined && !one.isMissing) ?? telling[0];
  if (problem) throw new TypeError(`vegaLite: ${messageFor(problem)}`);
}

function messageFor({ path, value, key, isMissing, words, types }: Problem): string {
  const [first = 'the spec', ...rest] = path;
  const place = first + rest.map((part) => (/^\d+$/.test(part) ? `[${part}]` : `.${part}`)).join('');
  if (isMissing) return `${place} is ${shortText(value)}; it needs ${key}`;
  if (key !== undefined) return `${place} has '${key}', which is unknown; ${allowedText(key, words)}`;
  const meant = typeof value === 'string' ? nearest(value, words) : undefined;
  const allowed = [...words.map((word) => `'${word}'`), ...types];
  const verb = allowed.length === 1 ? 'is' : 'are';
  if (types.length === 0 && words.length > mostWords && meant === undefined) {
    return `${place} is ${shortText(value)}; allowed are ${words.slice(0, mostWords).join(', ')} and others`;
  }
  const end = meant === undefined ? `allowed ${verb} ${allowed.join(', ')}` : `did you mean '${meant}'?`;
  return `${place} is ${shortText(value)}; ${end}`;
}

function problemsOf(value: unknown, given: unknown, path: readonly string[]): Problem[] {
  const schema = resolve(given);
  if (value === null || isExpression(value)) return [];
  if (isPlain(given) && given.$ref === '#/definitions/Color') return problemsOfColour(value, path);
  if (Array.isArray(schema.anyOf)) return problemsOfAny(value, schema.anyOf, path);
  const words = wordsOf(schema);
  if (words) return fitsWords(value, words, path) ? [] : [{ path, value, words, types: [] }];
  const types = [schema.type ?? []].flat().map(String);
  if (types.length > 0 && !types.some((type) => fitsType(value, type))) {
    return [{ path, value, words: [], types: types.map(typeText) }];
  }
  if (Array.isArray(value)) {
    return value.flatMap((item, index) => problemsOf(item, schema.items ?? {}, [...path, String(index)]));
  }
  return isPlain(value) && types.includes('object') ? problemsOfObject(value, schema, path) : [];
}

/** A word that is no colour is drawn in black; what browsers know beyond words is left to them. */
function problemsOfColour(value: unknown, path: readonly string[]): Problem[] {
  if (typeof value !== 'string') return [{ path, value, words: [], types: ['a CSS colour'] }];
  const isOther = !/^[a-z]+$/i.test(value) || /^(none|inherit|currentcolor)$/i.test(value);
  if (isOther || parseColour(value)) return [];
  return [{ path, value, words: wordsOf(resolve({ $ref: '#/definitions/ColorName' })) ?? [], types: [] }];
}

function resolve(schema: unknown): Plain {
  const reference = isPlain(schema) ? schema.$ref : undefined;
  if (typeof reference !== 'string') return isPlain(schema) ? schema : {};
  const name = decodeURIComponent(reference.slice('#/definitions/'.length));
  return resolve(loadDefinitions()[name]);
}

function wordsOf({ const: word, enum: words }: Plain): string[] | undefined {
  if (word !== undefined) return [String(word)];
  return Array.isArray(words) ? words.filter((one) => one !== null).map(String) : undefined;
}

/** Types may be shortened to their first letter. */
function fitsWords(value: unknown, words: readonly string[], path: readonly string[]): boolean {
  if (words.includes(String(value))) return true;
  const isType = path.at(-1) === 'type' && typeof value === 'string';
  return isType && words.some((word) => word[0] === value.toLowerCase() || word === value.toLowerCase());
}

/** Numbers and truth values are good enough where text is expected. */
function fitsType(value: unknown, type: string): boolean {
  if (type === 'array') return Array.isArray(value);
  if (type === 'object') return isPlain(value);
  if (type === 'null') return value === null;
  if (type === 'string') return typeof value !== 'object';
  if (type === 'integer') return typeof value === 'number';
  return typeof value === type;
}

function typeText(type: string): string {
  const texts: Record<string, string> = { array: 'a list', boolean: 'true or false', null: 'null' };
  return texts[type] ?? (/^[aeio]/.test(type) ? `an ${type}` : `a ${type}`);
}

function problemsOfObject(value: Plain, schema: Plain, path: readonly string[]): Problem[] {
  const {
    properties = {},
    required = [],
    additionalProperties,
  } = schema as {
    properties?: Plain;
    required?: string[];
    additionalProperties?: unknown;
  };
  const known = Object.keys(properties);
  const missing = required.filter((key) => !(key in value) && !unchecked.includes(key));
  // Views stand in views in more ways than the schema knows.
  const isSilent = compositions.some((key) => key in value);
  const lacking = missing.map((key) => ({
    path,
    value,
    key,
    isMissing: true,
    isSilent,
    words: [],
    types: [],
  }));
  const found = Object.entries(value).flatMap(([key, member]) => {
    if (unchecked.includes(key) || (key === 'aggregate' && isPlain(member))) return [];
    // What lacks a part may be meant otherwise: its members say nothing.
    if (known.includes(key))
      return missing.length > 0 ? [] : problemsOf(member, properties[key], [...path, key]);
    if (isPlain(additionalProperties)) return problemsOf(member, additionalProperties, [...path, key]);
    if (additionalProperties !== false) return [];
    return [{ path, value, key, isSilent: nearest(key, known) === undefined, words: known, types: [] }];
  });
  return [...lacking, ...found];
}

/** The problems of the alternative that fits best; all of them together where none fits at all. */
function problemsOfAny(value: unknown, alternatives: readonly unknown[], path: readonly string[]): Problem[] {
  let best: { problems: Problem[]; cost: number } | undefined;
  const here: Problem[] = [];
  for (const alternative of alternatives) {
    const problems = problemsOf(value, alternative, path);
    if (problems.length === 0) return [];
    const isHere = problems.some((one) => one.path.length === path.length && one.key === undefined);
    if (isHere) here.push(...problems);
    else {
      const cost = costOf(problems, path.length);
      if (!best || cost < best.cost) best = { problems, cost };
    }
  }
  if (best) return best.problems;
  const merged = here.filter((one) => one.path.length === path.length);
  const words = [...new Set(merged.flatMap((one) => one.words))];
  const types = [...new Set(merged.flatMap((one) => one.types))];
  return [{ path, value, words, types }];
}

/** What is wrong nearer to the place tells more against an alternative. */
function costOf(problems: readonly Problem[], depth: number): number {
  return problems.reduce((sum, { path, isMissing, isSilent, key }) => {
    const distance = path.length - depth + (key === undefined ? 0 : 1);
    return sum + 10 ** -distance * (isMissing ? 1.5 : isSilent ? 1 : 0.9);
  }, 0);
}
