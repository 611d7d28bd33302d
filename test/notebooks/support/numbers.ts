// Checks that every number in a chapter's prose was printed by a cell of the same section.
//
// A section goes from one heading of the second level to the next. Not held to be statements of a result,
// and therefore free, are:
//
// - code, links and HTML tags;
// - integers in a formula (`$\frac12 e^2$`); a formula that is a number and nothing else is checked, and so
//   is every decimal fraction in any formula;
// - numbers of chapters and exercises ("chapter 2", a list's numbers, "**1.**" at the start of a paragraph);
// - years of cited works, if the section "References" has them; that section itself.
//
// Anything else that no cell can print is exempted in the metadata of the Markdown cell that states it, with
// the reason: `"metadata": { "unprinted": { "88.7": "the logarithm of the largest single-precision number" } }`.
// An exemption that is not needed is reported as well.
import type { Cell, JsonObject } from '../../../kernel/notebook/notebook.ts';

const NUMBER = /(?<![\w.,])[-−]?\d+(?:,\d{3})*(?:\.\d+)?(?:e[-+]?\d+)?(?![\w])/g;
const FORMULA = /\$\$([\s\S]*?)\$\$|\$((?:\\.|[^$\\])+)\$/g;

/** The value of a number as prose and tables write it: with a minus sign, with commas between thousands. */
const toValue = (text: string): number => Number(text.replace('−', '-').replaceAll(',', ''));

/** The numbers in a text, in their order. */
function numbersIn(text: string): string[] {
  return text.match(NUMBER) ?? [];
}

/** What a formula states: all of it if it is a number alone, otherwise its decimal fractions. */
function statedBy(formula: string): string {
  const plain = formula.replaceAll('{,}', ',').replace(/\\[,;:! ]|[{}]/g, ' ');
  if (/^\s*(?:\\pm|\\approx)?\s*[-−]?[\d.,]+\s*(?:\\%)?\s*$/.test(plain)) return numbersIn(plain).join(' ');
  return (plain.match(/(?<![\w.])\d+\.\d+/g) ?? []).join(' ');
}

/** The numbers that a Markdown cell states. `years` are those of the cited works. */
export function statedNumbers(markdown: string, years: ReadonlySet<string> = new Set()): string[] {
  const prose = markdown
    .replace(/^(`{3,}|~{3,})[\s\S]*?^\1.*$/gm, ' ')
    .replace(/(`+)[^`][\s\S]*?\1/g, ' ')
    .replace(/<!--[\s\S]*?-->|<\/?[a-z][^>]*>/gi, ' ')
    .replace(FORMULA, (_, display?: string, inline?: string) => ` ${statedBy(display ?? inline ?? '')} `)
    .replace(/\]\([^)]*\)/g, ' ')
    .replace(/\b(?:chapters?|exercises?)\s+\d+/gi, ' ')
    .replace(/^\s*(?:\*\*)?\d+\.(?:\*\*)?\s/gm, ' ');
  return numbersIn(prose).filter((number) => !years.has(number));
}

interface Statement {
  cell: string;
  number: string;
}

export interface NumberReport {
  /** Numbers in the prose that no cell of their section prints. */
  unprinted: Statement[];
  /** Exemptions that are not needed: the number is not there, or it is printed. */
  idle: Statement[];
}

const REFERENCES = /^##\s+References\s*$/m;

/** The cells of each section. */
function sections(cells: readonly Cell[]): Cell[][] {
  const found: Cell[][] = [[]];
  for (const cell of cells) {
    if (cell.cell_type === 'markdown' && /^##\s/m.test(cell.source)) found.push([]);
    found.at(-1)?.push(cell);
  }
  return found;
}

function exemptionsOf({ metadata }: Cell): string[] {
  const { unprinted } = metadata as { unprinted?: JsonObject };
  return Object.keys(unprinted ?? {});
}

/** Compares the numbers in a chapter's prose with what its cells print, given by cell id. */
export function checkNumbers(cells: readonly Cell[], printed: ReadonlyMap<string, string>): NumberReport {
  const isReferences = (cell: Cell): boolean => cell.cell_type === 'markdown' && REFERENCES.test(cell.source);
  const cited = cells.filter(isReferences).flatMap(({ source }) => source.match(/\b(?:19|20)\d\d\b/g) ?? []);
  const years = new Set(cited);
  const report: NumberReport = { unprinted: [], idle: [] };
  for (const section of sections(cells)) {
    const texts = section.map(({ id = '' }) => printed.get(id) ?? '');
    const values = new Set(numbersIn(texts.join('\n')).map(toValue));
    for (const cell of section) {
      if (cell.cell_type !== 'markdown' || isReferences(cell)) continue;
      const missing = statedNumbers(cell.source, years).filter((number) => !values.has(toValue(number)));
      const exempt = exemptionsOf(cell);
      const statement = (number: string): Statement => ({ cell: cell.id ?? '', number });
      report.unprinted.push(...missing.filter((number) => !exempt.includes(number)).map(statement));
      report.idle.push(...exempt.filter((number) => !missing.includes(number)).map(statement));
    }
  }
  return report;
}
