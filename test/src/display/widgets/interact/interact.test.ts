import { describe, expect, expectTypeOf, it, vi } from 'vitest';
import { displaySymbol, interact, interactive, widgets } from '../../../../../src/display/index.ts';

const quiet = <T>(body: () => T): T => {
  const write = vi.spyOn(process.stdout, 'write').mockImplementation(() => true);
  try {
    return body();
  } finally {
    write.mockRestore();
  }
};

describe('interact', () => {
  it('calls at once and at each change, shows itself once, and gives its controls', () => {
    const seen: unknown[] = [];
    const panel = quiet(() =>
      interact((x, kind) => seen.push([x, kind]), { x: [0, 10, 0.1], kind: ['a', 'b'] }),
    );
    panel.controls.x.value = 2;
    panel.controls.kind.value = 'b';
    expect(seen).toEqual([
      [5, 'a'],
      [2, 'a'],
      [2, 'b'],
    ]);
    expect(panel.result).toBe(3);
    expect(panel[displaySymbol]()).toEqual({});
    panel.close();
    panel.controls.x.value = 1;
    expect(seen).toHaveLength(3);
  });

  it('shows what is returned below the controls', () => {
    const panel = interactive(({ n }) => n ** 2, { n: 3 });
    expect(panel.box.children).toEqual([panel.controls.n, panel.output]);
    expect(panel.output.outputs).toEqual([
      { output_type: 'display_data', data: { 'text/plain': '9' }, metadata: {} },
    ]);
    expect(String(panel[displaySymbol]())).toBe('[object Object]');
  });

  it('waits for a button with `manual`, and for rest with `debounce`', async () => {
    const f = vi.fn((n: number) => n);
    const manual = interactive(f, { n: 3 }, { manual: 'Go' });
    manual.controls.n.value = 4;
    expect(f).not.toHaveBeenCalled();
    (manual.box.children[1] as unknown as { click(): void }).click();
    expect(f).toHaveBeenCalledOnce();
    await manual.update();
    expect(manual.result).toBe(4);

    vi.useFakeTimers();
    const slow = vi.fn((n: number) => n);
    const debounced = interactive(slow, { n: 3 }, { debounce: 100 });
    for (const n of [4, 5, 6]) debounced.controls.n.value = n;
    expect(slow).toHaveBeenCalledTimes(1);
    vi.advanceTimersByTime(100);
    vi.useRealTimers();
    expect(slow.mock.calls).toEqual([[3], [6]]);
  });

  it.each([
    [() => interact(5 as never, {}), 'interact: the first argument is 5; allowed is a function'],
    [
      () => interact(() => 1, [] as never),
      'interact: the controls are []; allowed is an object of controls by name',
    ],
    [
      () => interactive(() => 1, { x: 1 }, { debounce: -1 }),
      'interactive: debounce is -1; allowed is a number of milliseconds from 0 on',
    ],
    [() => interactive(() => 1, { x: 1 }, { debounced: 9 } as object), "did you mean 'debounce'?"],
  ])('refuses what it cannot use: %#', (make, message) => {
    expect(make).toThrow(message);
  });
});

it('types follow from the controls', () => {
  const slider = new widgets.FloatSlider();
  const panel = interactive(() => 0, {
    x: [0, 10, 0.1],
    kind: ['a', 'b'],
    on: true,
    name: 'n',
    n: 5,
    f: { sine: Math.sin },
    slider,
  });
  const { controls } = panel;
  expectTypeOf(controls.x.value).toEqualTypeOf<number>();
  expectTypeOf(controls.kind.value).toEqualTypeOf<'a' | 'b'>();
  expectTypeOf(controls.on.value).toEqualTypeOf<boolean>();
  expectTypeOf(controls.name.value).toEqualTypeOf<string>();
  expectTypeOf(controls.n.value).toEqualTypeOf<number>();
  expectTypeOf(controls.f.value).toEqualTypeOf<(x: number) => number>();
  expectTypeOf(controls.slider.value).toEqualTypeOf<number>();
  interactive(({ x, kind }) => `${x.toFixed(2)} ${kind.toUpperCase()}`, { x: 5, kind: ['a', 'b'] });
  interactive((x) => x * 2, { x: 5 });
  expectTypeOf(new widgets.Dropdown({ options: ['a', 'b'] }).value).toEqualTypeOf<'a' | 'b' | null>();
  expectTypeOf(new widgets.Dropdown({ options: { one: 1, two: 2 } }).value).toEqualTypeOf<1 | 2 | null>();
});
