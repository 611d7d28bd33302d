import type { HistoryQuestion } from '../../protocol.ts';
import { UsageError } from './usage.ts';

const RANGE = /^(?:~(\d+)\/)?(\d+)(?:-(\d+))?$/;

/** What `%history` asks of the host. */
export function historyQuestion(options: Record<string, string | true>, text: string): HistoryQuestion {
  const { l, g, u } = options;
  if (l !== undefined && !/^\d{1,9}$/.test(String(l))) {
    throw new UsageError(`%history -l ${l}: expected a whole number`);
  }
  const ranges = text === '' ? [] : text.split(/\s+/).map(rangeOf);
  return {
    ...{ kind: 'history', ranges, isUnique: u === true },
    ...(l === undefined ? {} : { last: Number(l) }),
    ...(g === undefined ? {} : { pattern: String(g) }),
  };
}

function rangeOf(written: string): HistoryQuestion['ranges'][number] {
  const match = RANGE.exec(written);
  if (!match) throw new UsageError(`%history ${written}: expected a range such as 4, 4-6 or ~1/4-6`);
  const [, session = '0', first = '', last = first] = match;
  return { session: -Number(session), start: Number(first), stop: Number(last) + 1 };
}
