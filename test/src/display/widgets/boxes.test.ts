import { describe, expect, it } from 'vitest';
import { widgets } from '../../../../src/display/index.ts';

describe('boxes', () => {
  it('take widgets only', () => {
    expect(() => new widgets.VBox(['text' as never])).toThrow(
      "VBox: children is [ 'text' ]; allowed is an array; of each item: a widget",
    );
    expect(() => new widgets.HBox([new widgets.Layout() as never])).toThrow('allowed is an array');
  });

  it('are never within themselves', () => {
    const outer = new widgets.VBox();
    const inner = new widgets.HBox([outer]);
    const message = 'VBox: children hold the widget itself; allowed are other widgets';
    expect(() => outer.set({ children: [outer] })).toThrow(message);
    expect(() => outer.set({ children: [new widgets.Tab([inner])] })).toThrow(message);
    expect(outer.children).toEqual([]);
    inner.children = [new widgets.Label('a'), new widgets.Label('b')];
    outer.children = [inner, inner];
    expect(outer.children).toEqual([inner, inner]);
  });

  it('with pages have as many titles as pages, and a page that there is', () => {
    const [a, b] = [new widgets.Label('a'), new widgets.Label('b')];
    const tab = new widgets.Tab([a, b], { titles: ['first'] });
    expect([tab.titles, tab.selectedIndex]).toEqual([['first', ''], 0]);
    tab.selectedIndex = 1;
    tab.children = [a];
    expect([tab.titles, tab.selectedIndex]).toEqual([['first'], 0]);
    expect(new widgets.Accordion([a, b]).selectedIndex).toBe(null);
    expect(() => new widgets.Tab([a], { selectedIndex: 3 })).toThrow(
      'Tab: selectedIndex is 3; allowed is an integer from 0 to 0, or null',
    );
  });
});
