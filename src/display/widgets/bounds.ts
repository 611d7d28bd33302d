import type { Draft } from './spec.ts';
import { real, type TraitsOf, whole } from './traits.ts';

/** Numbers between two bounds; a value beyond them is moved to the nearer one. */
export interface Bounds<S = number> {
  min: number;
  max: number;
  /** The distance between two values that the control offers. */
  step: S;
}

export const wholeBounds: TraitsOf<Bounds> = { min: whole(0), max: whole(100), step: whole(1) };
export const realBounds: TraitsOf<Omit<Bounds, 'step'>> = { min: real(0), max: real(100) };

/** Refuses bounds that are the wrong way round and moves the value between them. */
export function keepBetween({ values, set, refuse }: Draft): void {
  const { min, max, value } = values as { min: number; max: number; value: number };
  if (min > max)
    refuse(set.has('min') ? 'min' : 'max', set.has('min') ? `at most max, ${max}` : `at least min, ${min}`);
  values.value = Math.min(Math.max(value, min), max);
}

export function keepBetweenPowers(draft: Draft): void {
  const { min, max, base, value } = draft.values as { min: number; max: number; base: number; value: number };
  if (base <= 0) draft.refuse('base', 'a number above 0');
  keepBetween({ ...draft, values: { min, max, value: min } });
  const ends = [base ** min, base ** max];
  draft.values.value = Math.min(Math.max(value, Math.min(...ends)), Math.max(...ends));
}

/** Without a value: the middle half. */
export function keepRange(draft: Draft): void {
  const { values, set, isNew, refuse } = draft;
  const { min, max } = values as { min: number; max: number };
  keepBetween({ ...draft, values: { min, max, value: min } });
  if (isNew && !set.has('value')) values.value = [0.75 * min + 0.25 * max, 0.25 * min + 0.75 * max];
  const [lower, upper] = values.value as readonly [number, number];
  if (upper < lower) refuse('value', '[lower, upper] with lower ≤ upper');
  const between = (end: number): number => Math.min(Math.max(end, min), max);
  values.value = [between(lower), between(upper)];
}

export function keepWholeRange(draft: Draft): void {
  keepRange(draft);
  draft.values.value = (draft.values.value as number[]).map(Math.trunc);
}
