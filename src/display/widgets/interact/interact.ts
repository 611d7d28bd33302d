import { checkOptions } from '../../../core/check.ts';
import { display } from '../../display.ts';
import { shortText } from '../../inspect.ts';
import { trackPending } from '../../queue.ts';
import { type Displayable, displaySymbol } from '../../types.ts';
import { type Box, VBox } from '../boxes.ts';
import { Button } from '../buttons.ts';
import type { Widget } from '../define.ts';
import type { Model } from '../model.ts';
import { Output } from '../output.ts';
import { isRecord } from '../wire.ts';
import { Calls } from './calls.ts';
import { type Control, controlOf, type ValueOf } from './controls.ts';
import { callOf } from './parameters.ts';

/** Options of `interact`. */
export interface InteractOptions {
  /** Milliseconds without a change before the function is called; 0 unless given. */
  debounce?: number;
  /** Call it only when a button is pressed, which shows this text if it is one. */
  manual?: boolean | string;
}

/** Milliseconds that a first call has until what it shows stays out of the still picture of the controls. */
const patience = 3000;

/** Controls by the names of the function's parameters. */
type Controls = Readonly<Record<string, Control>>;
/** The values of controls. */
type Values<C> = { readonly [K in keyof C]: ValueOf<C[K]> };

/** Controls and the outputs of a function that is called with their values. */
export interface Interactive<C> extends Displayable {
  /** The widgets of the controls, by name. */
  readonly controls: { readonly [K in keyof C]: Widget & { value: ValueOf<C[K]> } };
  /** Where the function's outputs are shown. */
  readonly output: Output;
  /** All of it, to be put among other widgets. */
  readonly box: Box;
  /** What the latest call that is shown has returned. */
  readonly result: unknown;
  /** Call the function again; done when its outputs are shown. */
  update(): Promise<void>;
  /** Take it off the page; widgets that were given as controls stay. */
  close(): void;
}

/**
 * Which parameter is which control follows from names at run time, which types cannot say: with one control alone
 * it is known, the value itself and, since the parameter may be destructured, an object of it.
 */
type First<C> = IsOne<keyof C> extends true ? ValueOf<C[keyof C]> & Values<C> : Unsaid;
// biome-ignore lint/suspicious/noExplicitAny: the reader of the function knows better than an error would
type Unsaid = any;
type IsOne<K, All = K> = [K] extends [never]
  ? false
  : K extends K
    ? [All] extends [K]
      ? true
      : false
    : never;

/** What `interact` and `interactive` are. */
export type Interact = <const C extends Controls>(
  f: (first: First<C>, ...others: Unsaid[]) => unknown,
  controls: C,
  options?: InteractOptions,
) => Interactive<C>;

/**
 * Call a function with the values of controls, at once and whenever one of them changes, and show the controls
 * with what it returns, displays and prints below them.
 *
 * Short for a control are: a number (a slider around it), `[min, max]`, `[min, max, step]` and
 * `{ min, max, step, value }` (a slider), a boolean (a checkbox), a string (a field), a Date (a date picker), an
 * array, a Map or an object from labels to values (a dropdown), and a widget itself. `[16, 32, 64]` is a
 * dropdown: no step is longer than its range.
 *
 * Parameters get the values of the controls of their names; where the names differ, in the order of the
 * controls; a single destructured parameter gets them all as an object. An async function is called once at a
 * time: of the changes that come meanwhile the latest counts. While values keep changing, charts are sent
 * without the picture beside them, which follows when they rest. An error of the function is shown in its place.
 *
 * @param f the function
 * @param controls controls by name
 * @param options `debounce` in milliseconds; `manual` for a button that calls it
 * @returns a handle with `controls`, `output`, `box`, `result`, `update()` and `close()`
 * @throws TypeError for what is no function, and for a control that is none of these; RangeError for a debounce below
 *   0; ArgumentError for an option that does not exist
 * @example interact((rate, kind) => curve(rate, kind), { rate: [0, 1, 0.1], kind: ['linear', 'cosine'] })
 */
export const interact: Interact = ((f: unknown, controls: unknown, options?: InteractOptions) => {
  const made = build('interact', f, controls, options);
  const { box } = made.handle;
  const start = Date.now();
  const first = made.start();
  const shown = display(box);
  // Where widgets are not known, a reader sees what was there when the box was shown. After a while it is left as
  // it is: the new view would take the slider out of the hand that moves it.
  const complete = (): void => {
    if (Date.now() - start < patience) shown.update(box);
  };
  if (first) trackPending(first.then(complete));
  // Shown already: as the last expression of its cell it shows nothing more.
  return Object.defineProperty(made.handle, displaySymbol, { value: () => ({}) });
}) as Interact;

/**
 * The same without showing it: as a cell's last expression it shows itself, and its `box` goes among other
 * widgets.
 *
 * @example const panel = interactive((x) => x ** 2, { x: 3 }); new widgets.HBox([panel.box, notes])
 */
export const interactive: Interact = ((f: unknown, controls: unknown, options?: InteractOptions) => {
  const made = build('interactive', f, controls, options);
  const first = made.start();
  if (first) trackPending(first);
  return made.handle;
}) as Interact;

interface Built {
  readonly handle: Interactive<Controls>;
  start(): void | Promise<void>;
}

function build(name: string, f: unknown, controls: unknown, options: InteractOptions = {}): Built {
  checkOptions(name, options, ['debounce', 'manual']);
  const { debounce = 0, manual = false } = options;
  if (typeof f !== 'function') {
    throw new TypeError(`${name}: the first argument is ${shortText(f)}; allowed is a function`);
  }
  if (!isRecord(controls)) {
    throw new TypeError(
      `${name}: the controls are ${shortText(controls)}; allowed is an object of controls by name`,
    );
  }
  if (!(debounce >= 0)) {
    throw new RangeError(
      `${name}: debounce is ${shortText(debounce)}; allowed is a number of milliseconds from 0 on`,
    );
  }
  const widgets = Object.fromEntries(
    Object.entries(controls).map(([key, given]) => [key, controlOf(key, given)]),
  );
  const call = callOf(f as (...values: never[]) => unknown, Object.keys(widgets));
  const values = (): Record<string, unknown> =>
    Object.fromEntries(Object.entries(widgets).map(([key, widget]) => [key, widget.get('value')]));
  const output = new Output();
  const calls = new Calls({ call: () => call(values()), show: (outputs) => void output.set({ outputs }) });
  const ends = manual ? [] : observed(Object.values(widgets), calls, debounce);
  const button = manual ? runButton(calls, typeof manual === 'string' ? manual : 'Run') : [];
  const shown = Object.values(widgets) as unknown as Widget[];
  const given: readonly unknown[] = Object.values(controls);
  const own = shown.filter((widget) => !given.includes(widget));
  const box = new VBox([...shown, ...button, output], { domClasses: ['widget-interact'] });
  const handle = {
    controls: widgets as unknown as Interactive<Controls>['controls'],
    output,
    box,
    get result() {
      return calls.result;
    },
    update: async () => calls.run(),
    close: () => {
      for (const end of ends) end();
      calls.stop();
      for (const widget of [box, output, ...button, ...own]) widget.close();
    },
    [displaySymbol]: () => box[displaySymbol](),
  } as Interactive<Controls>;
  return { handle, start: () => (manual ? undefined : calls.run()) };
}

function observed(widgets: readonly Model[], calls: Calls, debounce: number): (() => void)[] {
  let timer: NodeJS.Timeout | undefined;
  const changed = (): void => {
    clearTimeout(timer);
    if (debounce === 0) calls.changed();
    else timer = setTimeout(() => calls.changed(), debounce);
  };
  return widgets.map((widget) => widget.observe('value', changed));
}

function runButton(calls: Calls, description: string): Button[] {
  const button = new Button({ description, icon: 'play' });
  button.onClick(() => void calls.run());
  return [button];
}
