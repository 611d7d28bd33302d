import { type OptionsOf, type VisibleTraits, visible, type WidgetOf } from './common.ts';
import { liveModel } from './connection.ts';
import { defineWidget, type FirstClass, type Widget } from './define.ts';
import { Model } from './model.ts';
import type { Draft, Spec } from './spec.ts';
import { listOf, oneOf, orNull, refused, type Trait, type TraitsOf, text, whole } from './traits.ts';
import { referencedId, referenceTo } from './wire.ts';

interface BoxTraits extends VisibleTraits {
  /** What stands in it, in this order. Assign a new array to change it. */
  children: readonly Widget[];
  boxStyle: 'success' | 'info' | 'warning' | 'danger' | '';
}

interface PagesTraits extends BoxTraits {
  /** Of the pages. */
  titles: readonly string[];
  /** The page that is open; null for none. */
  selectedIndex: number | null;
}

const child: Trait<Widget> = {
  initial: undefined as unknown as Widget,
  allowed: 'a widget',
  parse: (value) =>
    value instanceof Model && value.spec.traits.layout ? (value as unknown as Widget) : refused,
};
const children: Trait<readonly Widget[]> = {
  ...listOf(child),
  toJson: (value) => value.map((widget) => referenceTo(widget.modelId)),
  fromJson: (json) => (Array.isArray(json) ? json.map((item) => liveModel(referencedId(item) ?? '')) : json),
};
const boxTraits: TraitsOf<BoxTraits> = {
  ...{ children, boxStyle: oneOf('', ['success', 'info', 'warning', 'danger', '']) },
  ...visible,
};
const pagesTraits: TraitsOf<PagesTraits> = {
  ...boxTraits,
  ...{ titles: listOf(text()), selectedIndex: orNull(whole(0)) },
};

type BoxOptions = OptionsOf<BoxTraits>;
type PagesOptions = OptionsOf<PagesTraits>;
type Children = readonly Widget[];

/** As many titles as pages, and a selection that there is. */
function settlePages({ values, set, isNew, refuse }: Draft, isTab: boolean): void {
  const { children: pages, titles } = values as { children: Children; titles: readonly string[] };
  const count = pages.length;
  values.titles = pages.map((_, index) => titles[index] ?? '');
  const selected = values.selectedIndex as number | null;
  const isBeyond = selected !== null && (selected < 0 || selected >= count);
  if (isBeyond && set.has('selectedIndex'))
    refuse('selectedIndex', `an integer from 0 to ${count - 1}, or null`);
  if (isBeyond) values.selectedIndex = isTab && count > 0 ? count - 1 : null;
  const isOpened = isTab && selected === null && count > 0 && !set.has('selectedIndex');
  if (isOpened && (isNew || set.has('children'))) values.selectedIndex = 0;
}

const box = (name: string): Spec => ({ name, first: 'children', traits: boxTraits });
const pages = (name: string, isTab: boolean): Spec => ({
  ...{ name, first: 'children', traits: pagesTraits },
  settle: (draft) => settlePages(draft, isTab),
});

export type Box = WidgetOf<BoxTraits>;
/** Widgets side by side. */
export const Box: FirstClass<Box, Children, BoxOptions> = defineWidget(box('Box'));

export type HBox = Box;
/**
 * Widgets side by side.
 *
 * @example new widgets.HBox([slider, button])
 */
export const HBox: FirstClass<HBox, Children, BoxOptions> = defineWidget(box('HBox'));

export type VBox = Box;
/** Widgets below each other. */
export const VBox: FirstClass<VBox, Children, BoxOptions> = defineWidget(box('VBox'));

export type GridBox = Box;
/**
 * Widgets in a grid.
 *
 * @example new widgets.GridBox([a, b, c, d], { layout: { gridTemplateColumns: '1fr 1fr' } })
 */
export const GridBox: FirstClass<GridBox, Children, BoxOptions> = defineWidget(box('GridBox'));

export type Tab = WidgetOf<PagesTraits>;
/**
 * Pages of which one is seen, with their titles above.
 *
 * @example new widgets.Tab([form, log], { titles: ['settings', 'log'] })
 */
export const Tab: FirstClass<Tab, Children, PagesOptions> = defineWidget(pages('Tab', true));

export type Accordion = WidgetOf<PagesTraits>;
/** Pages below each other, of which at most one is open. */
export const Accordion: FirstClass<Accordion, Children, PagesOptions> = defineWidget(
  pages('Accordion', false),
);

export type Stack = WidgetOf<PagesTraits>;
/** Pages of which one is seen: `jslink` its `selectedIndex` to what chooses. */
export const Stack: FirstClass<Stack, Children, PagesOptions> = defineWidget(pages('Stack', false));
