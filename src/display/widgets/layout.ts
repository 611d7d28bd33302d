import { defineWidget, type Observable, type Widget, type WidgetClass } from './define.ts';
import { Model } from './model.ts';
import { notePart } from './parts.ts';

import { oneOf, orNull, refused, type Trait, type TraitsOf, text } from './traits.ts';
import { isRecord, referenceTo } from './wire.ts';

type Css = string | null;

/** CSS of a widget's box; null leaves it to the front-end. */
export interface LayoutTraits {
  width: Css;
  minWidth: Css;
  maxWidth: Css;
  height: Css;
  minHeight: Css;
  maxHeight: Css;
  margin: Css;
  padding: Css;
  borderTop: Css;
  borderRight: Css;
  borderBottom: Css;
  borderLeft: Css;
  overflow: Css;
  visibility: Css;
  display: Css;
  order: Css;
  top: Css;
  right: Css;
  bottom: Css;
  left: Css;
  /** In a box: how it grows and shrinks, such as '1 1 auto'. */
  flex: Css;
  flexFlow: Css;
  alignContent: Css;
  alignItems: Css;
  alignSelf: Css;
  justifyContent: Css;
  justifyItems: Css;
  gridArea: Css;
  gridAutoColumns: Css;
  gridAutoFlow: Css;
  gridAutoRows: Css;
  gridColumn: Css;
  gridGap: Css;
  gridRow: Css;
  gridTemplateAreas: Css;
  gridTemplateColumns: Css;
  gridTemplateRows: Css;
  objectFit: Css;
  objectPosition: Css;
}

export type Layout = Widget & Observable<LayoutTraits> & LayoutTraits;

const free = (): Trait<Css> => orNull(text());
const general = ['inherit', 'initial', 'unset'];
const among = (values: string): Trait<Css> => {
  const [first = '', ...rest] = values.split('|');
  return orNull(oneOf<string>(first, [first, ...rest, ...general]));
};

const layoutTraits: TraitsOf<LayoutTraits> = {
  width: free(),
  minWidth: free(),
  maxWidth: free(),
  height: free(),
  minHeight: free(),
  maxHeight: free(),
  margin: free(),
  padding: free(),
  borderTop: free(),
  borderRight: free(),
  borderBottom: free(),
  borderLeft: free(),
  overflow: free(),
  visibility: among('visible|hidden'),
  display: free(),
  order: free(),
  top: free(),
  right: free(),
  bottom: free(),
  left: free(),
  flex: free(),
  flexFlow: free(),
  alignContent: among('flex-start|flex-end|center|space-between|space-around|space-evenly|stretch'),
  alignItems: among('flex-start|flex-end|center|baseline|stretch'),
  alignSelf: among('auto|flex-start|flex-end|center|baseline|stretch'),
  justifyContent: among('flex-start|flex-end|center|space-between|space-around'),
  justifyItems: among('flex-start|flex-end|center'),
  gridArea: free(),
  gridAutoColumns: free(),
  gridAutoFlow: among('column|row|row dense|column dense'),
  gridAutoRows: free(),
  gridColumn: free(),
  gridGap: free(),
  gridRow: free(),
  gridTemplateAreas: free(),
  gridTemplateColumns: free(),
  gridTemplateRows: free(),
  objectFit: among('contain|cover|fill|scale-down|none'),
  objectPosition: free(),
};

/**
 * The CSS box of a widget. `layout: { width: '50%' }` makes one; `widget.layout.width = '10em'` changes it.
 *
 * @throws TypeError for a property that is no trait, or a value that it does not take
 * @example new widgets.Layout({ width: '20em', border: '1px solid teal' })
 */
export const Layout: WidgetClass<Layout, Partial<LayoutTraits> & { border?: Css }> = defineWidget({
  name: 'Layout',
  module: 'base',
  traits: layoutTraits,
});

/** A model that another owns: made from plain traits, and by itself when none are given. */
export function owned<T>(make: (traits: Record<string, unknown>) => unknown, name: string): Trait<T> {
  return {
    initial: undefined as T,
    make: () => notePart(make({}) as T),
    allowed: `an object of its traits, or a widget of the class ${name}`,
    parse: (value) => {
      if (value instanceof Model) return value.spec.name === name ? (value as T) : refused;
      return isRecord(value) ? notePart(make(value) as T) : refused;
    },
    toJson: (value) => referenceTo((value as Model).modelId),
    fromJson: (json) => json,
  };
}

export const layoutTrait: Trait<Layout> = owned<Layout>((traits) => new Layout(bordered(traits)), 'Layout');

/** `border` is short for its four sides. */
function bordered({ border, ...traits }: Record<string, unknown>): Partial<LayoutTraits> {
  if (border === undefined) return traits;
  const sides = { borderTop: border, borderRight: border, borderBottom: border, borderLeft: border };
  return { ...sides, ...traits } as Partial<LayoutTraits>;
}
