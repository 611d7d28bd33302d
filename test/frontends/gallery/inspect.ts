import type { Locator, Page } from 'playwright-core';
import { inkedSides } from '../helpers/edges.ts';
import { ink, looksDrawn } from '../helpers/ink.ts';
import { decodePng, type Picture } from '../helpers/png.ts';
import { textDrawn, wordShape } from '../helpers/words.ts';
import type { GalleryCase } from './case.ts';
import { type Graphic, graphics, overflow, settled, words } from './dom.ts';

/** What was found in the output of a case. */
export interface Finding {
  /** The output as it is seen, a PNG, if it takes any room. */
  picture?: Buffer;
  /** What is wrong with it; empty when it is as wanted. */
  problems: string[];
}

/** An output in its page. */
export interface Seen {
  page: Page;
  output: Locator;
  /** Wide pictures may scroll sideways in their place. */
  narrow: boolean;
}

/** How many pixels count as something: a short line of text has about two hundred. */
const SOME = 60;

/** Markup of ours that is text, as cleaners of HTML make of it. */
const WRITTEN_OUT = /base64,|<(img|svg|path|style|div)\b|data-descent/;

const squeeze = (text: string): string => text.replace(/\s+/g, ' ').trim();

/** The problems of a chart's picture by itself. */
function chartProblems(picture: Picture, label: string): string[] {
  const sides = inkedSides(picture);
  return sides.length === 0 ? [] : [`${label} is cut off at its ${sides.join(', ')}`];
}

async function isEmpty(output: Locator): Promise<boolean> {
  const box = await output.boundingBox({ timeout: 30_000 });
  return box === null || box.width < 1 || box.height < 1;
}

async function photograph(element: Locator): Promise<Buffer> {
  return await element.screenshot({ timeout: 30_000, animations: 'disabled' });
}

async function titleShown(
  page: Page,
  wanted: GalleryCase,
  said: string,
  pictures: Picture[],
): Promise<boolean> {
  if (said.includes(squeeze(wanted.title))) return true;
  const shape = await wordShape(page, wanted.title);
  return pictures.some((picture) => textDrawn(picture, shape));
}

function outputProblems(output: Picture, wanted: GalleryCase): string[] {
  const { share, coloured, colours } = ink(output);
  const pixels = output.width * output.height;
  const problems: string[] = [];
  if (share * pixels < SOME || colours < 3) problems.push('it is blank');
  if (wanted.coloured && coloured * pixels < SOME) problems.push('it has no colour');
  return problems;
}

async function graphicProblems(
  found: readonly Graphic[],
  pictures: Picture[],
  wanted: GalleryCase,
): Promise<string[]> {
  const problems = found.flatMap(({ cut }, at) =>
    cut === undefined ? [] : [`picture ${at + 1} is cut off by ${cut}`],
  );
  if (wanted.kind === 'text') return problems;
  if (!pictures.some((picture) => looksDrawn(ink(picture)))) problems.push('no picture of it is drawn');
  if (wanted.kind === 'chart') {
    problems.push(...pictures.flatMap((picture, at) => chartProblems(picture, `picture ${at + 1}`)));
  }
  return problems;
}

/** Looks at the output of a case: it is drawn, coloured, titled, whole, and the page does not scroll sideways. */
export async function inspect({ page, output, narrow }: Seen, wanted: GalleryCase): Promise<Finding> {
  if (await isEmpty(output)) return { problems: ['it takes no room'] };
  await output.scrollIntoViewIfNeeded({ timeout: 30_000 });
  await settled(output);
  const picture = await photograph(output);
  const found = await graphics(output, narrow);
  const pictures: Picture[] = [];
  for (const { locator } of found) pictures.push(decodePng(await photograph(locator)));
  const said = await words(output);
  const problems = outputProblems(decodePng(picture), wanted);
  problems.push(...(await graphicProblems(found, pictures, wanted)));
  if (!(await titleShown(page, wanted, said, pictures))) {
    problems.push(
      `${JSON.stringify(wanted.title)} is not to be read; it says ${JSON.stringify(said.slice(0, 300))}`,
    );
  }
  if (/\bTS\d{4,5}\b/.test(said)) problems.push('the types of its cell are wrong');
  if (wanted.live !== undefined && (await output.locator(wanted.live).count()) === 0) {
    problems.push(`it is not interactive: there is no ${wanted.live} in it`);
  }
  const excess = await overflow(output);
  if (excess > 1) problems.push(`it is ${excess} px wider than its window`);
  return { picture, problems };
}

/** The same where the output is text: its words only. */
export async function inspectText(output: Locator, wanted: GalleryCase): Promise<Finding> {
  if (await isEmpty(output)) return { problems: ['it takes no room'] };
  await output.scrollIntoViewIfNeeded({ timeout: 30_000 });
  const picture = await photograph(output);
  const said = await words(output);
  const problems = outputProblems(decodePng(picture), { ...wanted, coloured: false });
  if (![wanted.text, wanted.title].some((text) => said.includes(squeeze(text)))) {
    problems.push(
      `${JSON.stringify(wanted.text)} is not to be read; it says ${JSON.stringify(said.slice(0, 300))}`,
    );
  }
  const markup = WRITTEN_OUT.exec(said);
  if (markup) problems.push(`its markup is written out: ${said.slice(markup.index, markup.index + 80)}`);
  return { picture, problems };
}
