import { expect, it } from 'vitest';
import { widgets } from '../../../../src/display/index.ts';

it('a button is clicked from here too', () => {
  const button = new widgets.Button({ description: 'Run', icon: 'fa-play' });
  let clicks = 0;
  const end = button.onClick((clicked) => {
    clicks += clicked === button ? 1 : 0;
  });
  button.click();
  end();
  button.click();
  expect([clicks, button.icon]).toEqual([1, 'play']);
});
