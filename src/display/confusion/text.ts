import { table } from '../table.ts';

/** A matrix for a console. */
export interface TextMatrix {
  readonly names: readonly string[];
  readonly values: readonly (readonly number[])[];
  readonly isShare: boolean;
  readonly title: string;
}

const wholeUpTo = 15;
const mostConfused = 10;

/** The matrix; of many classes those that are confused most. */
export function matrixText(matrix: TextMatrix): string {
  const shown = matrix.names.length <= wholeUpTo ? wholeText(matrix) : confusionText(matrix);
  return `${matrix.title}\n${shown}`;
}

/** A blank before each name: a class may be called as the first column is, and numbers would come first. */
function wholeText({ names, values, isShare }: TextMatrix): string {
  const rows = values.map((row, r) => {
    const cells = row.map((value, c): [string, unknown] => [` ${names[c]}`, cellText(value, isShare)]);
    return new Map<string, unknown>([['true ╲ predicted', names[r]], ...cells]);
  });
  return String(table(rows));
}

function confusionText({ names, values, isShare }: TextMatrix): string {
  const found = values.flatMap((row, r) =>
    row.flatMap((value, c) =>
      r === c || value === 0 ? [] : [{ true: names[r], predicted: names[c], value }],
    ),
  );
  const most = found.sort((a, b) => b.value - a.value).slice(0, mostConfused);
  if (most.length === 0) return 'no class was taken for another';
  const name = isShare ? 'share' : 'count';
  const rows = most.map(({ value, ...row }) => ({ ...row, [name]: cellText(value, isShare) }));
  return `most often confused:\n${table(rows)}`;
}

function cellText(value: number, isShare: boolean): string | number {
  return isShare ? value.toFixed(2) : value;
}
