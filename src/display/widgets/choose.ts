import { type Choice, choicesOf, placeOf } from './options.ts';
import type { Draft } from './spec.ts';

const labelsOf = (choices: readonly Choice[]): string =>
  choices.map(({ label }) => JSON.stringify(label)).join(', ');

/** The place that `value`, `label` or `index`, whichever was set, stands for. */
function chosen(choices: readonly Choice[], { values, set, isNew, refuse }: Draft): number | null {
  for (const name of ['value', 'label', 'index']) {
    if (!set.has(name)) continue;
    const wanted = values[name];
    if (wanted === null || wanted === undefined) return null;
    const place =
      name === 'value'
        ? placeOf(choices, wanted)
        : name === 'label'
          ? choices.findIndex(({ label }) => label === wanted)
          : Number(wanted);
    if (place >= 0 && place < choices.length) return place;
    refuse(
      name,
      name === 'index'
        ? `an integer from 0 to ${choices.length - 1}, or null`
        : `one of ${labelsOf(choices)}, or null`,
    );
  }
  // New options: the first is chosen, unless nothing was before.
  if (!isNew && (values.index === null || !set.has('options'))) return values.index as number | null;
  return choices.length > 0 ? 0 : null;
}

export function settleOne(draft: Draft): void {
  const { values } = draft;
  const choices = choicesOf(values.options) ?? [];
  const place = chosen(choices, draft);
  const choice = place === null ? undefined : choices[place];
  values.optionsLabels = choices.map(({ label }) => label);
  values.index = choice ? place : null;
  values.label = choice?.label ?? null;
  values.value = choice ? choice.value : null;
}

export function settleSome(draft: Draft): void {
  const { values, set, refuse } = draft;
  const choices = choicesOf(values.options) ?? [];
  const name = ['value', 'label', 'index'].find((one) => set.has(one));
  const wanted = name
    ? (values[name] as readonly unknown[])
    : set.has('options')
      ? []
      : (values.index as number[]);
  const places = wanted.map((one) => {
    const label = choices.findIndex((choice) => choice.label === one);
    const place = name === 'value' ? placeOf(choices, one) : name === 'label' ? label : Number(one);
    if (choices[place] === undefined) refuse(name ?? 'index', `an array of some of ${labelsOf(choices)}`);
    return place;
  });
  values.optionsLabels = choices.map(({ label }) => label);
  values.index = places;
  values.label = places.map((place) => choices[place]?.label);
  values.value = places.map((place) => choices[place]?.value);
}
