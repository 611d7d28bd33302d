import { beforeAll, describe, expect, it } from 'vitest';
import * as widgets from '../../src/display/widgets/index.ts';
import type { Model } from '../../src/display/widgets/model.ts';
import { run } from './helpers/process.ts';
import { frontEndTools, root, SETUP_LIMIT } from './helpers/tools.ts';

type State = Record<string, unknown>;

const classes = widgets as unknown as Record<string, new (traits?: object) => Model>;
const make = (name: string): Model =>
  new classes[name]!(name === 'SelectionSlider' ? { options: ['a'] } : undefined);
/** All that is seen; links and parts of others are made from something. */
const names = Object.keys(widgets).filter(
  (name) => /^[A-Z]/.test(name) && !['Layout', 'Progress', 'RangeSlider'].includes(name),
);
let theirs: { widgets: Record<string, State>; parts: Record<string, State> };

beforeAll(async () => {
  const { python } = await frontEndTools({ browser: false });
  const script = 'test/frontends/widget_defaults.py';
  const { stdout, stderr, code } = await run(python, [script, ...names], {
    env: process.env,
    cwd: root,
    limit: 60_000,
  });
  if (code !== 0) throw new Error(stderr);
  theirs = JSON.parse(stdout);
}, SETUP_LIMIT);

/** Ours, with parts named by their model and bytes as hexadecimal digits. */
function stateOf(widget: Model): State {
  const values = widget.wireState();
  for (const part of ['layout', 'style']) {
    if (part in values) values[part] = (widget.get(part) as Model).wireState()._model_name;
  }
  const plain = (value: unknown): unknown =>
    value instanceof Uint8Array ? Buffer.from(value).toString('hex') : value;
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, plain(value)]));
}

describe('a new widget has the state that the one of ipywidgets has', () => {
  it.each(names)('%s', (name) => {
    expect(stateOf(make(name))).toEqual(theirs.widgets[name]);
  });

  it('and so have their layouts and styles', () => {
    for (const name of names) {
      const widget = make(name);
      for (const part of ['layout', 'style']) {
        const state = (widget.get(part) as Model | undefined)?.wireState();
        if (state) expect(state).toEqual(theirs.parts[String(state._model_name)]);
      }
    }
  });
});
