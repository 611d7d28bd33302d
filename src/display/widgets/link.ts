import { isList } from '../inspect.ts';
import { defineWidget, type Widget } from './define.ts';
import { Model } from './model.ts';
import { refused, type Trait } from './traits.ts';
import { referenceTo, wireName } from './wire.ts';

/** A trait of a widget: `[slider, 'value']`. */
type Linked<W extends Widget = Widget> = readonly [widget: W, trait: keyof W & string];

/** Two traits that the front-end keeps the same. */
export interface Link extends Widget {
  /** They go their own ways again. */
  unlink(): void;
}

class LinkModel extends Model {
  unlink(): void {
    this.close();
  }
}

const end: Trait<Linked> = {
  initial: undefined as unknown as Linked,
  allowed: "[widget, trait], such as [slider, 'value'], where the front-end knows the trait",
  parse: (value) => {
    if (!isList(value) || value.length !== 2) return refused;
    const [widget, name] = value;
    const trait = widget instanceof Model && typeof name === 'string' ? widget.spec.traits[name] : undefined;
    return trait && !trait.isLocal ? (value as unknown as Linked) : refused;
  },
  toJson: (value) => [referenceTo((value as Linked)[0].modelId), wireName((value as Linked)[1])],
  fromJson: () => undefined,
};

type LinkClass = new (traits: { source: Linked; target: Linked }) => Link;
const Both: LinkClass = defineWidget(
  { name: 'Link', view: null, traits: { source: end, target: end } },
  LinkModel,
);
const OneWay: LinkClass = defineWidget(
  { name: 'DirectionalLink', view: null, traits: { source: end, target: end } },
  LinkModel,
);

/**
 * Keep two traits the same in the front-end, without the kernel: also while it computes, and on saved pages.
 *
 * @throws TypeError for what is no widget with such a trait
 * @example widgets.jslink([play, 'value'], [slider, 'value'])
 */
export function jslink<A extends Widget, B extends Widget>(source: Linked<A>, target: Linked<B>): Link {
  return new Both({ source: source as unknown as Linked, target: target as unknown as Linked });
}

/** The same, from the first to the second only. */
export function jsdlink<A extends Widget, B extends Widget>(source: Linked<A>, target: Linked<B>): Link {
  return new OneWay({ source: source as unknown as Linked, target: target as unknown as Linked });
}
