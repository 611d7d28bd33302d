import { table } from '../table.ts';
import type { Best } from './best.ts';
import type { Run, Split } from './runs.ts';

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
      };
    });
  });
  return `${title}\n${table(rows, { maxRows: 60 })}`;
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
