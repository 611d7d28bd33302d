import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { display, displaySymbol } from '../../../../src/display/index.ts';
import { withLibrary } from '../../../../src/display/offline/loader.ts';
import { librariesCleared } from '../../../../src/display/offline/owners.ts';

interface Sent {
  html?: string | undefined;
  id?: string | undefined;
  update?: boolean | undefined;
  clear?: boolean;
}
const holder = globalThis as unknown as Record<symbol, unknown>;
const channel = Symbol.for('descent.channel');
const pending = (): Set<Promise<unknown>> =>
  (holder[Symbol.for('descent.pending')] ?? new Set()) as Set<Promise<unknown>>;
let sent: Sent[] = [];
let run = 0;

const drain = async (): Promise<void> => {
  while (pending().size > 0) await Promise.all(pending());
};
/** A chart that needs a library and takes some time to be drawn. */
const chart = (name: string, milliseconds = 0): object => ({
  [displaySymbol]: async () => {
    await new Promise((resolve) => setTimeout(resolve, milliseconds));
    return await withLibrary('vega', { 'text/html': name });
  },
});
const order = (): unknown[] =>
  sent.map(({ html, clear }) => (html?.includes('data-descent-library') ? 'library' : (html ?? { clear })));

beforeEach(() => {
  sent = [];
  run += 1;
  holder[channel] = {
    display: (data: Record<string, string>, options: { displayId?: string; update?: boolean }) =>
      sent.push({ html: data['text/html'], id: options.displayId, update: options.update }),
    clear: (wait: boolean) => sent.push({ clear: wait }),
    cell: () => ({ run, id: 'one cell', isCaptured: false, isDeleted: () => false }),
  };
});

afterEach(() => {
  delete holder[channel];
  librariesCleared(run);
  vi.restoreAllMocks();
});

test('the library comes before the first chart, and only there', async () => {
  display(chart('one', 20));
  display(chart('two'));
  await drain();
  expect(order()).toEqual(['library', 'one', 'two']);
});

test('what is cleared is sent again, also when it is shown before the clearing is done', async () => {
  display(chart('one', 20));
  display.clear({ wait: true });
  display(chart('two'));
  await drain();
  expect(order()).toEqual(['library', 'one', { clear: true }, 'library', 'two']);
});

test('a cell that runs again gets the library again', async () => {
  display(chart('one'));
  await drain();
  run += 1;
  display(chart('two'));
  await drain();
  expect(order()).toEqual(['library', 'one', 'library', '<div hidden></div>', 'two']);
  expect(sent[3]).toEqual({ html: '<div hidden></div>', id: sent[0]?.id, update: true });
});

test('a console gets none', async () => {
  delete holder[channel];
  const write = vi.spyOn(process.stdout, 'write').mockReturnValue(true);
  await withLibrary('vega', {});
  expect(write).not.toHaveBeenCalled();
});
