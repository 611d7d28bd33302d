import { allowedText } from '../allowedText.ts';
import { isList, readMember, shortText } from '../inspect.ts';
import { refused, type Traits } from './traits.ts';

/** What makes a kind of widget: its names on the wire, its traits and what holds between them. */
export interface Spec {
  readonly name: string;
  /** Of the front-end's model; the name with `Model` unless given. */
  readonly model?: string;
  /** Of its view, null for none; the name with `View` unless given. */
  readonly view?: string | null;
  readonly module?: keyof typeof modules;
  readonly viewModule?: keyof typeof modules;
  readonly traits: Traits;
  /** The trait that the constructor's first argument may be, without its name. */
  readonly first?: string;
  /** Brings values that were set together into agreement, or refuses them. */
  settle?(draft: Draft): void;
}

/** A widget, as far as its picture in text needs to know it. */
export interface Described {
  readonly spec: Spec;
  get(name: string): unknown;
}

export function isDescribed(value: unknown): value is Described {
  return (
    typeof readMember(value, 'get') === 'function' &&
    readMember(readMember(value, 'spec'), 'traits') !== undefined
  );
}

/** Values that are about to be a widget's. */
export interface Draft {
  readonly values: Record<string, unknown>;
  /** Which of them were set. */
  readonly set: ReadonlySet<string>;
  /** The widget is being made. */
  readonly isNew: boolean;
  /** Throws the error about a trait. */
  refuse(trait: string, allowed: string): never;
}

const modules = {
  base: { name: '@jupyter-widgets/base', version: '2.0.0' },
  controls: { name: '@jupyter-widgets/controls', version: '2.0.0' },
  output: { name: '@jupyter-widgets/output', version: '1.0.0' },
} as const;

/** The part of a model's state that names it. */
export function identity(spec: Spec): Record<string, unknown> {
  const model = modules[spec.module ?? 'controls'];
  const view = modules[spec.viewModule ?? spec.module ?? 'controls'];
  return {
    _model_module: model.name,
    _model_module_version: model.version,
    _model_name: spec.model ?? `${spec.name}Model`,
    _view_count: null,
    _view_module: view.name,
    _view_module_version: view.version,
    _view_name: spec.view === undefined ? `${spec.name}View` : spec.view,
  };
}

function refusal(spec: Spec, trait: string, value: unknown, allowed: string): TypeError {
  return new TypeError(`${spec.name}: ${trait} is ${shortText(value)}; allowed is ${allowed}`);
}

/** The names of traits that an observer asks for. */
export function traitNames(spec: Spec, names: unknown): readonly string[] {
  const list: readonly unknown[] = isList(names) ? names : [names];
  for (const name of list) {
    if (typeof name !== 'string') {
      throw new TypeError(
        `${spec.name}.observe: the trait is ${shortText(name)}; allowed is a name or a list of names, and then the function, as in observe('value', f)`,
      );
    }
    if (!(name in spec.traits)) settled(spec, { [name]: undefined }, {});
  }
  return list as readonly string[];
}

/** Throws for a box that would be within itself: no end of it could be shown. */
export function refuseCycle(widget: Described, children: unknown): void {
  const waiting: unknown[] = isList(children) ? [...children] : [];
  const seen = new Set<unknown>();
  for (let one = waiting.pop(); one !== undefined; one = waiting.pop()) {
    if (one === widget) {
      throw new TypeError(`${widget.spec.name}: children hold the widget itself; allowed are other widgets`);
    }
    const inner = isDescribed(one) && !seen.has(one) ? one.get('children') : undefined;
    seen.add(one);
    if (isList(inner)) waiting.push(...inner);
  }
}

/** Checks values one by one, then together; gives all values that the widget has with them. */
export function settled(
  spec: Spec,
  given: Readonly<Record<string, unknown>>,
  current: Readonly<Record<string, unknown>> | undefined,
): Record<string, unknown> {
  const values: Record<string, unknown> = current ? { ...current } : initialValues(spec, given);
  for (const [name, value] of Object.entries(given)) {
    const trait = spec.traits[name];
    if (!trait) {
      const hint = allowedText(name, Object.keys(spec.traits));
      throw new TypeError(`${spec.name}: there is no trait ${JSON.stringify(name)}; ${hint}`);
    }
    const parsed = trait.parse(value);
    if (parsed === refused) throw refusal(spec, name, value, trait.allowed);
    values[name] = parsed;
  }
  const refuse = (trait: string, allowed: string): never => {
    throw refusal(spec, trait, given[trait] ?? values[trait], allowed);
  };
  spec.settle?.({ values, set: new Set(Object.keys(given)), isNew: current === undefined, refuse });
  return values;
}

function initialValues(spec: Spec, given: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const values: Record<string, unknown> = {};
  for (const [name, trait] of Object.entries(spec.traits)) {
    values[name] = trait.make && !(name in given) ? trait.make() : trait.initial;
  }
  return values;
}

/** Whether two values of a trait are the same, so that there is nothing to tell. */
export function isSame(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true;
  if (a instanceof Date && b instanceof Date) return a.getTime() === b.getTime();
  return (
    isList(a) && isList(b) && a.length === b.length && a.every((item, index) => Object.is(item, b[index]))
  );
}
