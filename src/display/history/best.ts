import type { Curve, Run, Split } from './runs.ts';

/** Which of two values of a metric is the better one. */
export type Goal = 'min' | 'max';

/** The best value of a metric in a run, by its validation data where there is some. */
export interface Best {
  readonly run: string;
  readonly metric: string;
  readonly split: Split;
  readonly epoch: number;
  readonly value: number;
}

const lowerIsBetter = /loss|err|mse|mae|mape|cost|perplexity|entropy|divergence|hinge|distance/i;
const higherIsBetter = /acc|auc|prec|recall|f1|r2|iou|dice|bleu|score|sensitivity|specificity/i;

/** By the name of a metric; undefined for what is neither a loss nor a score, such as a learning rate. */
function goalOf(metric: string, goals: Readonly<Record<string, Goal>>): Goal | undefined {
  if (goals[metric]) return goals[metric];
  if (lowerIsBetter.test(metric)) return 'min';
  return higherIsBetter.test(metric) ? 'max' : undefined;
}

/** The best values of a run, one for each metric with a goal and a finite value. */
export function bestOf(run: Run, goals: Readonly<Record<string, Goal>>): Best[] {
  const metrics = [...new Set(run.curves.map(({ metric }) => metric))];
  return metrics.flatMap((metric) => {
    const curve = decisive(run.curves.filter((one) => one.metric === metric));
    const goal = goalOf(metric, goals);
    if (!curve || !goal) return [];
    const index = bestIndex(curve.values, goal);
    if (index < 0) return [];
    const [epoch, value] = [curve.epochs[index]!, curve.values[index]!];
    return [{ run: run.name, metric, split: curve.split, epoch, value }];
  });
}

/** Of the curves of a metric the one that is looked at. */
export function decisive(curves: readonly Curve[]): Curve | undefined {
  return curves.find(({ split }) => split === 'validation') ?? curves[0];
}

/** The first of equal ones. */
function bestIndex(values: readonly number[], goal: Goal): number {
  let best = -1;
  for (const [index, value] of values.entries()) {
    if (!Number.isFinite(value)) continue;
    const isBetter = best < 0 || (goal === 'min' ? value < values[best]! : value > values[best]!);
    if (isBetter) best = index;
  }
  return best;
}
