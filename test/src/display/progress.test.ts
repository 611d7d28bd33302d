import { Readable } from 'node:stream';
import { describe, expect, test } from 'vitest';
import { tf } from '../../../src/backend/index.ts';
import type { CellEnd } from '../../../src/display/channel.ts';
import { barsBundle, type Row, rowText } from '../../../src/display/progress/markup.ts';
import { type MakeProgress, makeProgress } from '../../../src/display/progress.ts';

/** A world whose clock goes on only when it is told to. */
class World {
  time = 0;
  /** What was shown, one text an update. */
  readonly shown: string[] = [];
  readonly rows: (readonly Row[])[] = [];
  readonly ends: ((end: CellEnd) => void)[] = [];
  readonly repeated = new Set<() => void>();
  readonly progress: MakeProgress = makeProgress({
    now: () => this.time,
    surface: () => ({
      show: (rows) => {
        this.rows.push(rows);
        this.shown.push(rows.map(rowText).join('\n'));
      },
    }),
    atEnd: (work) => {
      this.ends.push(work);
      return () => void this.ends.splice(this.ends.indexOf(work), 1);
    },
    repeat: (work) => {
      this.repeated.add(work);
      return () => void this.repeated.delete(work);
    },
  });

  get last(): string {
    return this.shown.at(-1) ?? '';
  }

  end(how: CellEnd): void {
    for (const work of this.ends.splice(0)) work(how);
  }
}

const world = (): World => new World();

describe('a loop', () => {
  test('is shown at once, ten times a second at most, and at its end', () => {
    const at = world();
    for (const _ of at.progress(1000, { desc: 'fit' })) at.time += 10;
    // 10 seconds: the beginning, one each 100 ms, the end
    expect(at.shown.length).toBeGreaterThan(80);
    expect(at.shown.length).toBeLessThanOrEqual(102);
    expect(at.shown[0]).toBe('fit:   0%|          | 0/1000 [00:00<?, ?it/s]');
    expect(at.shown[50]).toBe('fit:  49%|████▉     | 499/1000 [00:05<00:05, 100it/s]');
    expect(at.last).toBe('fit: 100%|██████████| 1000/1000 [00:10<00:00, 100it/s]');
    expect(at.repeated.size + at.ends.length).toBe(0);
  });

  test('reads the clock seldom where it is fast', () => {
    const at = world();
    let reads = 0;
    const progress = makeProgress({
      now: () => {
        reads += 1;
        return 0;
      },
      surface: () => ({ show: () => undefined }),
      atEnd: () => () => undefined,
      repeat: () => () => undefined,
    });
    for (const _ of progress(100_000)) at.time += 0;
    expect(reads).toBeLessThan(1000);
  });

  test('hears of a loop that becomes slow', () => {
    const at = world();
    for (const i of at.progress(3000)) at.time += i < 2000 ? 0.001 : 100;
    // The last thousand took 100 ms each; at most 128 of them went by without a look at the clock.
    expect(at.shown.length).toBeGreaterThan(870);
  });

  test.each<[string, () => Iterable<unknown>, unknown[]]>([
    ['a count', () => [0, 1, 2], [0, 1, 2]],
    ['an array', () => ['a', 'b'], ['a', 'b']],
    ['a typed array', () => new Uint8Array([7, 8]), [7, 8]],
    ['a Set', () => new Set([1, 2]), [1, 2]],
    ['a Map', () => new Map([['a', 1]]), [['a', 1]]],
    [
      'a generator',
      function* () {
        yield 1;
        yield 2;
      },
      [1, 2],
    ],
    ['nothing', () => [], []],
  ])('gives the items of %s', (_name, items, expected) => {
    const at = world();
    expect([...at.progress(items())]).toEqual(expected);
    expect(at.last).toContain(`${expected.length}`);
    expect(at.last).not.toContain('stopped');
  });

  test('an array that grows meanwhile goes on', () => {
    const list = [1, 2];
    const at = world();
    for (const item of at.progress(list)) if (item < 5) list.push(item + 3);
    expect(list).toEqual([1, 2, 4, 5, 7]);
    expect(at.last).toBe('5it of 2 [00:00, ?it/s]');
  });

  test('that is left is marked as stopped, before the item that it was at', () => {
    const at = world();
    const items = new Set([1, 2, 3, 4]);
    for (const item of at.progress(items)) {
      at.time += 1000;
      if (item === 3) break;
    }
    expect(at.last).toBe(' 50%|█████     | 2/4 [00:03<?, 1.50s/it] stopped');
    expect(() => {
      for (const _ of at.progress(4)) throw new Error('body');
    }).toThrow('body');
    expect(at.last).toBe('  0%|          | 0/4 [00:00<?, ?it/s] stopped');
    expect(at.repeated.size).toBe(0);
  });

  test('whose source fails is stopped, and the error goes on', () => {
    const at = world();
    const failing = function* (): Generator<number> {
      yield 1;
      throw new Error('source');
    };
    expect(() => [...at.progress(failing())]).toThrow('source');
    expect(at.last).toBe('1it [00:00, ?it/s] stopped');
  });

  test('lets its source clean up', () => {
    let isClean = false;
    const source = function* (): Generator<number> {
      try {
        yield 1;
        yield 2;
      } finally {
        isClean = true;
      }
    };
    for (const _ of world().progress(source())) break;
    expect(isClean).toBe(true);
    const iterator = world().progress(source())[Symbol.iterator]();
    iterator.next();
    expect(() => iterator.throw?.(new Error('thrown'))).toThrow('thrown');
  });

  test('again has a bar of its own', () => {
    const at = world();
    const bar = at.progress([1, 2]);
    expect([...bar, ...bar]).toEqual([1, 2, 1, 2]);
    expect(at.shown.filter((text) => text.startsWith('100%'))).toHaveLength(2);
  });
});

describe('for await', () => {
  const later = async function* (count: number): AsyncGenerator<number> {
    for (let i = 0; i < count; i++) yield i;
  };

  const collect = async <T>(items: AsyncIterable<T>): Promise<T[]> => {
    const found: T[] = [];
    for await (const item of items) found.push(item);
    return found;
  };

  test('over an async generator', async () => {
    const at = world();
    expect(await collect(at.progress(later(3), { total: 3 }))).toEqual([0, 1, 2]);
    expect(at.last).toMatch(/^100%/);
    await collect(at.progress(later(3)));
    expect(at.last).toBe('3it [00:00, ?it/s]');
  });

  test('that is left, or fails', async () => {
    const at = world();
    for await (const i of at.progress(later(9), { total: 9 })) if (i === 2) break;
    expect(at.last).toContain('2/9 [00:00<?, ?it/s] stopped');
    const failing = async function* (): AsyncGenerator<number> {
      yield 1;
      throw new Error('source');
    };
    await expect(collect(at.progress(failing()))).rejects.toThrow('source');
    expect(at.last).toContain('1it [00:00, ?it/s] stopped');
  });

  test('over the bytes of an answer', async () => {
    const at = world();
    const bytes = new Uint8Array(3 * 1024).fill(1);
    const answer = new Response(bytes, { headers: { 'content-length': String(bytes.length) } });
    const chunks = await collect(at.progress(answer, { desc: 'data' }));
    expect(Buffer.concat(chunks)).toEqual(Buffer.from(bytes));
    expect(at.last).toBe('data: 100%|██████████| 3.00KiB/3.00KiB [00:00<00:00, ?B/s]');
  });

  test('a bar over an answer is the body of another', async () => {
    const at = world();
    const copy = new Response(at.progress(new Response('{"a":1}')) as unknown as ReadableStream);
    expect(await copy.json()).toEqual({ a: 1 });
    expect(at.last).toBe('7B [00:00, ?B/s]');
  });

  test('over a stream of Node', async () => {
    const at = world();
    const file = Readable.from([Buffer.alloc(1024), Buffer.alloc(512)], { objectMode: false });
    expect(await collect(at.progress(file, { total: 1536 }))).toHaveLength(2);
    expect(at.last).toContain('100%|██████████| 1.50KiB/1.50KiB');
  });

  test('over a stream of other things', async () => {
    const at = world();
    const stream = new ReadableStream({
      start(controller) {
        for (const item of ['a', 'b']) controller.enqueue(item);
        controller.close();
      },
    });
    expect(await collect(at.progress(stream))).toEqual(['a', 'b']);
    expect(at.last).toBe('2it [00:00, ?it/s]');
  });

  test('over a dataset', async () => {
    const at = world();
    const dataset = tf.data.array([1, 2, 3, 4]);
    expect(await collect(at.progress(dataset))).toEqual([1, 2, 3, 4]);
    expect(at.last).toMatch(/^100%.* 4\/4 /);
  });

  test('while nothing comes, its time goes on', async () => {
    const at = world();
    const items = at.progress(later(2), { total: 2 })[Symbol.asyncIterator]();
    await items.next();
    at.time = 5000;
    for (const look of at.repeated) look();
    expect(at.last).toBe('  0%|          | 0/2 [00:05<?, ?it/s]');
    await items.return?.();
    expect(at.repeated.size).toBe(0);
  });
});

describe('a bar that is told', () => {
  test('ends at its total', () => {
    const at = world();
    const bar = at.progress({ total: 10, desc: 'files' });
    at.time = 100;
    bar.update(4);
    expect(at.last).toBe('files:  40%|████      | 4/10 [00:00<00:00, 40.0it/s]');
    bar.desc = 'more';
    bar.update(5);
    bar.update();
    expect(at.last).toBe('more: 100%|██████████| 10/10 [00:00<00:00, 100it/s]');
    expect([bar.count, bar.total, at.repeated.size]).toEqual([10, 10, 0]);
    at.time = 300;
    bar.update();
    expect(at.last).toContain('11it of 10');
  });

  test('may be a count', () => {
    const at = world();
    const bar = at.progress(100);
    bar.update(42);
    bar.done();
    expect(at.last).toContain('42/100 [00:00<?, ?it/s] stopped');
    bar.done();
    expect(at.shown).toHaveLength(2);
  });

  test('without a total is done when it says so', () => {
    const at = world();
    const bar = at.progress({ desc: 'seen' });
    bar.update(3);
    bar.total = 3;
    bar.done();
    expect(at.last).toContain('seen: 100%');
  });

  test('shows nothing more as a result', () => {
    expect(world().progress(1)[Symbol.for('Jupyter.display') as never]).toBeTypeOf('function');
  });

  test.each<[(bar: ReturnType<MakeProgress>) => void, string]>([
    [
      (bar) => bar.update(Number.NaN),
      'progress.update: more must be a finite number of at least 0; received NaN',
    ],
    [(bar) => bar.update(-1), 'received -1'],
    [(bar) => Object.assign(bar, { desc: 5 }), 'progress: desc must be a string; received 5'],
    [(bar) => Object.assign(bar, { total: -5 }), 'progress: total must be a finite number of at least 0'],
  ])('refuses what is wrong: %s', (work, message) => {
    expect(() => work(world().progress(3) as never)).toThrow(message);
  });

  test.each<[object, string]>([
    [{ total: Number.NaN }, 'progress: total must be a finite number of at least 0; received NaN'],
    [{ total: -1 }, 'received -1'],
    [{ unit: 5 }, 'progress: unit must be a string; received 5'],
    [{ leave: 'no' }, 'progress: leave must be true or false; received "no"'],
    [{ description: 'x' }, "options must be among 'desc', 'total', 'unit', 'leave'; received 'description'"],
  ])('refuses options %j', (options, message) => {
    const { progress } = world();
    expect(() => Reflect.apply(progress, undefined, [options])).toThrow(message);
    expect(() => Reflect.apply(progress, undefined, [[1], options])).toThrow(message);
  });
});

describe('bars within bars', () => {
  test('take turns in one place, and leave nothing behind', () => {
    const at = world();
    for (const i of at.progress(3, { desc: 'outer' })) {
      for (const _ of at.progress(5, { desc: `inner ${i}` })) at.time += 100;
    }
    for (const text of at.shown) expect(text.split('\n').length).toBeLessThanOrEqual(2);
    expect(at.shown[7]).toMatch(/^outer: .*\n {2}inner 1: /);
    expect(at.last).toBe('outer: 100%|██████████| 3/3 [00:01<00:00, 2.00it/s]');
  });

  test('thousands of them cost no more updates than one', () => {
    const at = world();
    for (const _ of at.progress(5000)) for (const _inner of at.progress(2)) at.time += 0.1;
    expect(at.shown.length).toBeLessThanOrEqual(13);
  });

  test('that are to stay do, a few of them', () => {
    const at = world();
    for (const _ of at.progress(20)) for (const _inner of at.progress(1, { leave: true })) at.time += 1;
    const lines = at.last.split('\n');
    expect(lines).toHaveLength(10);
    expect(lines[1]).toBe('  … 12 more before');
  });

  test('that outlive the outer one stay', () => {
    const at = world();
    const outer = at.progress({ total: 1, desc: 'a' });
    const inner = at.progress({ total: 2, desc: 'b' });
    outer.update();
    inner.update(2);
    expect(at.last).toMatch(/^a: 100%.*\n {2}b: 100%/);
    expect(at.repeated.size).toBe(0);
  });

  test('one that leaves nothing empties its place', () => {
    const at = world();
    for (const _ of at.progress(2, { leave: false })) at.time += 1;
    expect(at.last).toBe('');
  });
});

describe('at the end of the cell', () => {
  test('a bar that goes on shows how far it is, and is no place for those of the next', () => {
    const at = world();
    const bar = at.progress({ total: 10 });
    bar.update(3);
    at.end('ok');
    expect(at.last).toContain('3/10');
    expect(at.last).not.toContain('stopped');
    expect(at.repeated.size).toBe(0);
    const next = at.progress(1);
    expect(at.last).not.toContain('\n');
    next.done();
    at.time = 1000;
    bar.update(1);
    expect(at.last).toContain('4/10');
  });

  test.each<CellEnd>(['error', 'interrupted'])('bars are stopped: %s', (end) => {
    const at = world();
    const outer = at.progress(4)[Symbol.iterator]();
    outer.next();
    outer.next();
    at.progress({ total: 5 }).update(2);
    at.end(end);
    expect(at.last).toMatch(/1\/4 .* stopped$/);
  });
});

describe('as HTML', () => {
  test('names are escaped, and numbers are for readers of the page too', () => {
    const at = world();
    const bar = at.progress({ total: 4, desc: '"><img onerror=x><script>' });
    bar.update();
    bar.done();
    const { 'text/html': markup, 'text/plain': text } = barsBundle(at.rows.at(-1)!);
    expect(markup).toContain('&lt;img onerror=x&gt;&lt;script&gt;</span>');
    expect(markup).not.toContain('<img');
    expect(markup).toContain('value="0.2500" max="1"');
    expect(text).toContain('"><img onerror=x><script>:  25%|');
  });

  test('without a total the bar moves while it runs, and only then', () => {
    const at = world();
    const bar = at.progress({ desc: 'x' });
    const markup = (): string => String(barsBundle(at.rows.at(-1)!)['text/html']);
    expect(markup()).toMatch(/<progress aria-label="x" style="[^"]*"><\/progress>/);
    at.end('ok');
    expect(markup()).not.toContain('<progress');
    bar.done();
    expect(markup()).toContain('value="1.0000"');
    at.progress({ desc: 'y' });
    at.end('error');
    expect(markup()).not.toContain('<progress');
  });
});
