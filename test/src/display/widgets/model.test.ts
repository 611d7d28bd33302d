import { inspect } from 'node:util';
import { describe, expect, it, vi } from 'vitest';
import { displaySymbol, widgets } from '../../../../src/display/index.ts';

describe('observers', () => {
  it('are told the name, the old and the new value, once a change', () => {
    const slider = new widgets.FloatSlider({ value: 1, max: 5 });
    const seen: unknown[] = [];
    const end = slider.observe('value', (change) => seen.push(change));
    slider.value = 2;
    slider.value = 2;
    slider.value = 50;
    end();
    slider.value = 0;
    expect(seen).toEqual([
      { name: 'value', old: 1, new: 2, value: 2 },
      { name: 'value', old: 2, new: 5, value: 5 },
    ]);
  });

  it('hear of several traits, and see them all set', () => {
    const slider = new widgets.IntSlider({ value: 5 });
    const seen: unknown[] = [];
    slider.observe(['min', 'max'], ({ name }) => seen.push([name, slider.min, slider.max, slider.value]));
    slider.set({ min: 10, max: 20 });
    expect(seen).toEqual([
      ['min', 10, 20, 10],
      ['max', 10, 20, 10],
    ]);
  });

  it('end with unobserve, one or all', () => {
    const box = new widgets.Checkbox(false);
    const [one, two] = [vi.fn(), vi.fn()];
    box.observe('value', one);
    box.observe('value', two);
    box.unobserve('value', one);
    box.value = true;
    box.unobserve('value');
    box.value = false;
    expect([one.mock.calls.length, two.mock.calls.length]).toEqual([0, 1]);
  });

  it('of a trait that there is not are refused, and so is what is no function', () => {
    const box = new widgets.Checkbox();
    expect(() => box.observe('valeu' as never, () => {})).toThrow('Checkbox: there is no trait "valeu"');
    expect(() => box.observe((() => {}) as never, () => {})).toThrow(
      "Checkbox.observe: the trait is [Function (anonymous)]; allowed is a name or a list of names, and then the function, as in observe('value', f)",
    );
    expect(() => box.observe('value', 5 as never)).toThrow('the observer is number; allowed is a function');
  });

  it('that fail do not keep the others from hearing', () => {
    const error = vi.spyOn(console, 'error').mockImplementation(() => {});
    const box = new widgets.Checkbox();
    const heard = vi.fn();
    box.observe('value', () => {
      throw new Error('oops');
    });
    box.observe('value', heard);
    box.value = true;
    expect(heard).toHaveBeenCalledOnce();
    expect(error).toHaveBeenCalledWith('display: oops');
    error.mockRestore();
  });
});

describe('a widget as text', () => {
  it('is the expression that makes it', () => {
    const slider = new widgets.FloatSlider({
      value: 0.5,
      max: 1,
      description: 'rate',
      layout: { width: '50%' },
    });
    const text =
      "FloatSlider({\n  value: 0.5,\n  max: 1,\n  layout: Layout({ width: '50%' }),\n  description: 'rate'\n})";
    expect(String(slider)).toBe(text);
    expect(inspect(slider)).toBe(text);
    expect(String(new widgets.Output())).toBe('Output()');
  });

  it('is what a console shows, of boxes line by line; outside our kernel nothing else is sent', () => {
    const box = new widgets.HBox([new widgets.Checkbox(true), new widgets.Label('a')]);
    expect(box[displaySymbol]()).toEqual({
      'text/plain': "Checkbox({ value: true })\nLabel({ value: 'a' })",
    });
  });
});

describe('layouts and styles', () => {
  it('are made from plain objects, changed in place, and replaced', () => {
    const slider = new widgets.IntSlider({ layout: { width: '50%', border: '1px solid red' } });
    expect(slider.layout.borderLeft).toBe('1px solid red');
    slider.layout.width = '10em';
    const { layout } = slider;
    slider.layout = { width: '2em' };
    expect([layout.width, slider.layout.width]).toEqual(['10em', '2em']);
    slider.style = { handleColor: 'teal' };
    expect(slider.style.handleColor).toBe('teal');
  });

  it('are checked', () => {
    expect(() => new widgets.IntSlider({ layout: { widht: '5em' } as never })).toThrow('no trait "widht"');
    expect(() => new widgets.IntSlider({ layout: { alignItems: 'middle' } })).toThrow(
      /Layout: alignItems is 'middle'; allowed is "flex-start", "flex-end"/,
    );
    expect(() => new widgets.IntSlider({ style: { handleColor: 'reddish' } })).toThrow(
      "SliderStyle: handleColor is 'reddish'; allowed is a colour such as",
    );
    expect(() => new widgets.IntSlider({ layout: 'wide' as never })).toThrow(
      "layout is 'wide'; allowed is an object of its traits, or a widget of the class Layout",
    );
  });
});

it('the first argument may be the value, and undefined traits count as left out', () => {
  expect(new widgets.HTML('<b>x</b>').value).toBe('<b>x</b>');
  expect(new widgets.VBox([new widgets.Label('a')], { boxStyle: 'info' }).children).toHaveLength(1);
  expect(new widgets.IntSlider({ value: undefined }).value).toBe(0);
  expect(() => new widgets.Button('Run' as never)).toThrow(
    'the first argument is string; allowed is an object',
  );
});

it('classes are told apart', () => {
  expect(new widgets.IntSlider()).toBeInstanceOf(widgets.IntSlider);
  expect(new widgets.IntSlider()).not.toBeInstanceOf(widgets.FloatSlider);
  expect(new widgets.IntSlider().constructor.name).toBe('IntSlider');
});

it('CSS classes are added once and removed', () => {
  const label = new widgets.Label('x').addClass('big').addClass('big').addClass('red').removeClass('red');
  expect(label.domClasses).toEqual(['big']);
});
