import { sparkline } from '../sparkline.ts';
import { table } from '../table.ts';
import { type Best, decisive } from './best.ts';
import type { Run, Split } from './runs.ts';

const courseWidth = 20;

/** The last values of each metric, and the best one, in a table. */
export function historyText(runs: readonly Run[], best: readonly Best[], title: string): string {
  const rows = runs.flatMap((run) => {
    const metrics = [...new Set(run.curves.map(({ metric }) => metric))];
    return metrics.map((metric) => {
      const found = best.find((one) => one.run === run.name && one.metric === metric);
      return {
        ...(runs.length > 1 ? { run: run.name } : {}),
        metric,
        ...lastValues(run, metric),
        ...(found ? { best: found.value, [`at ${run.step}`]: found.epoch } : {}),
        course: courseOf(run, metric),
      };
    });
  });
  return `${title}\n${table(rows, { maxRows: 60 })}`;
}

/** The whole course in a few bars: of the validation data where there is some. */
function courseOf({ curves }: Run, metric: string): string {
  const curve = decisive(curves.filter((one) => one.metric === metric));
  return sparkline(curve?.values ?? [], courseWidth);
}

function lastValues({ curves }: Run, metric: string): Record<string, number> {
  const all: Split[] = ['train', 'validation', 'test'];
  return Object.fromEntries(
    all.flatMap((split) => {
      const curve = curves.find((one) => one.metric === metric && one.split === split);
      const last = curve?.values.at(-1);
      return last === undefined ? [] : [[split, last]];
    }),
  );
}
