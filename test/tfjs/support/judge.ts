import { BROWSER } from './bundle.ts';
import type { Outcome } from './run.ts';

/** Specs that fail for a reason that we accept. */
export interface Exception {
  reason: string;
  specs: readonly string[];
}

/** The specs of a run, by what became of them. */
export interface Verdict {
  passed: number;
  /** Failed, with a reason. */
  excepted: number;
  notApplicable: number;
  /** Of those not applicable. */
  needBrowser: number;
  /** One line each: what failed without a reason, and what has a reason but passes or does not exist. */
  complaints: string[];
}

/** Compares what became of the specs with the exceptions. */
export function judge(outcomes: readonly Outcome[], exceptions: readonly Exception[]): Verdict {
  const listed = new Set(exceptions.flatMap(({ specs }) => specs));
  const failed = outcomes.filter(({ status }) => status === 'failed');
  const names = new Set(failed.map(({ name }) => name));
  const count = (status: Outcome['status']) => outcomes.filter((outcome) => outcome.status === status).length;
  return {
    passed: count('passed'),
    excepted: failed.filter(({ name }) => listed.has(name)).length,
    notApplicable: count('pending'),
    needBrowser: outcomes.filter(({ name }) => name.includes(` ${BROWSER} `)).length,
    complaints: [
      ...failed
        .filter(({ name }) => !listed.has(name))
        .map(({ name, message }) => `failed: ${name}: ${message}`),
      ...[...listed]
        .filter((name) => !names.has(name))
        .map((name) => `in the list of exceptions, but does not fail: ${name}`),
    ],
  };
}
