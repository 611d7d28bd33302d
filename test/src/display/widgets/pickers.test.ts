import { describe, expect, it } from 'vitest';
import { widgets } from '../../../../src/display/index.ts';

describe('pickers', () => {
  it('take days as Dates and as text, and keep them between min and max', () => {
    const picker = new widgets.DatePicker({ value: '2026-03-14', max: new Date('2026-04-01T18:30Z') });
    expect(picker.value).toEqual(new Date('2026-03-14'));
    picker.value = '2027-01-01';
    expect(picker.value).toEqual(new Date('2026-04-01'));
    picker.value = null;
    expect(picker.value).toBe(null);
    expect(() => new widgets.DatePicker('tomorrow')).toThrow(
      "value is 'tomorrow'; allowed is a Date or a string",
    );
  });

  it.each(['teal', '#07b', '#0072B2', '#0072b280', 'rgb(0, 114, 178)', 'hsl(200 50% 40%)', 'var(--accent)'])(
    'take the colour %s',
    (colour) => {
      expect(new widgets.ColorPicker(colour).value).toBe(colour);
    },
  );

  it.each(['', 'reddish', '#12345', 'url(x)', 'rgb(1;2)'])('refuse %j as a colour', (text) => {
    expect(() => new widgets.ColorPicker(text)).toThrow('allowed is a colour such as');
  });
});
