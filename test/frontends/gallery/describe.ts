import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Locator, Page } from 'playwright-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { SETUP_LIMIT } from '../helpers/tools.ts';
import type { GalleryCase } from './case.ts';
import { CASES } from './cases.ts';
import { type FrontEndName, PICTURES } from './frontEnds.ts';
import { inspect, inspectText } from './inspect.ts';

/** A front-end in which every case of the gallery has run. */
export interface Shown {
  page: Page;
  /** The element around all that the nth case has put out. */
  output(index: number): Promise<Locator>;
  /** What the front-end shows of errors and of stderr. */
  errors(): Promise<string[]>;
}

export interface FrontEnd {
  name: FrontEndName;
  /** Every case is text there. */
  text?: boolean;
  /** Scripts do not run there. */
  still?: boolean;
  /** It is so narrow that wide pictures may scroll sideways in their place. */
  narrow?: boolean;
  show(): Promise<Shown>;
}

function save(frontEnd: FrontEndName, { name }: GalleryCase, picture: Buffer | undefined): void {
  if (picture === undefined) return;
  const folder = join(PICTURES, frontEnd);
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, `${name}.png`), picture);
}

/** Declares the tests of one front-end: nothing has failed, and each case is as it should be seen. */
export function describeGallery({ name, text, still, narrow = false, show }: FrontEnd): void {
  describe(name, () => {
    let shown: Shown;
    const asked = (wanted: GalleryCase): GalleryCase => {
      const { live, ...rest } = wanted;
      const undrawn = wanted.undrawn?.includes(name) ? ({ kind: 'text', coloured: false } as const) : {};
      const untitled = wanted.untitled?.includes(name) ? { title: '' } : {};
      return { ...rest, ...undrawn, ...untitled, ...(still || live === undefined ? {} : { live }) };
    };
    beforeAll(async () => {
      rmSync(join(PICTURES, name), { recursive: true, force: true });
      shown = await show();
    }, SETUP_LIMIT);

    it('shows no error', async () => {
      expect(await shown.errors()).toEqual([]);
    });

    it.each(CASES.map((wanted, index) => ({ wanted, index, label: wanted.name })))(
      'shows $label',
      { timeout: 120_000 },
      async ({ wanted, index }) => {
        const output = await shown.output(index);
        const asText = text || wanted.asText?.includes(name);
        const found = asText
          ? await inspectText(output, wanted)
          : await inspect({ page: shown.page, output, narrow }, asked(wanted));
        save(name, wanted, found.picture);
        if (wanted.absent?.includes(name)) {
          expect(found.problems, `${wanted.name} in ${name} can be shown after all`).not.toEqual([]);
          return;
        }
        expect(found.problems, `${wanted.name} in ${name}`).toEqual([]);
      },
    );
  });
}
