/** How far a bar is; it rests when its cell has ended and it has not. */
export type BarState = 'running' | 'resting' | 'done' | 'stopped';

/** What a bar shows at one moment. */
export interface Snapshot {
  readonly desc: string;
  readonly count: number;
  /** How many there will be; undefined where nobody knows. */
  readonly total: number | undefined;
  /** What is counted: `it`, or `B` for bytes. */
  readonly unit: string;
  /** Seconds since it began. */
  readonly elapsed: number;
  /** How many a second; undefined before it is known. */
  readonly rate: number | undefined;
  readonly state: BarState;
}

const EIGHTHS = ' ▏▎▍▌▋▊▉█';
const BAR_WIDTH = 10;

/** The share that is done, from 0 to 1; undefined where the total is not known or was exceeded. */
export function shareOf({ count, total }: Snapshot): number | undefined {
  if (total === undefined || count > total) return undefined;
  return total === 0 ? 1 : count / total;
}

/** One line as tqdm prints it: `desc:  42%|████▏     | 42/100 [00:01<00:02, 31.2it/s]`. */
export function barText(shot: Snapshot): string {
  const before = shot.desc === '' ? '' : `${shot.desc}: `;
  const share = shareOf(shot);
  const bar = share === undefined ? '' : `${percent(share).padStart(4)}|${blocks(share)}| `;
  return `${before}${bar}${statsText(shot)}`;
}

/** What stands beside the bar: `42/100 [00:01<00:02, 31.2it/s]`. */
export function statsText(shot: Snapshot): string {
  const { elapsed, rate, unit, state } = shot;
  const times = [clockText(elapsed), ...leftText(shot)].join('<');
  return `${countText(shot)} [${times}, ${rateText(rate, unit)}]${state === 'stopped' ? ' stopped' : ''}`;
}

/** The share as `42%`; rounded down, since 100% is the end. */
export function percent(share: number): string {
  return `${Math.floor(share * 100)}%`;
}

function leftText({ count, total, rate, state }: Snapshot): string[] {
  if (total === undefined || count > total) return [];
  if (state === 'stopped') return ['?'];
  if (count === total) return [clockText(0)];
  return [rate === undefined || rate === 0 ? '?' : clockText((total - count) / rate)];
}

function countText({ count, total, unit }: Snapshot): string {
  const suffix = unit === 'B' ? '' : unit;
  if (total === undefined) return `${amount(count, unit)}${suffix}`;
  if (count > total) return `${amount(count, unit)}${suffix} of ${amount(total, unit)}`;
  return `${amount(count, unit)}/${amount(total, unit)}`;
}

function amount(count: number, unit: string): string {
  if (unit !== 'B') return String(Number(count.toPrecision(12)));
  const power = count < 1 ? 0 : Math.min(4, Math.floor(Math.log2(count) / 10));
  return power === 0
    ? `${Math.round(count)}B`
    : `${digits(count / 1024 ** power)}${['KiB', 'MiB', 'GiB', 'TiB'][power - 1]}`;
}

function rateText(rate: number | undefined, unit: string): string {
  if (rate === undefined) return unit === 'B' ? '?B/s' : `?${unit}/s`;
  if (unit === 'B') return `${amount(rate, unit)}/s`;
  return rate >= 1 || rate === 0 ? `${digits(rate)}${unit}/s` : `${digits(1 / rate)}s/${unit}`;
}

/** Three digits, more only before the point. */
function digits(value: number): string {
  return value.toFixed(value < 9.995 ? 2 : value < 99.95 ? 1 : 0);
}

/** Seconds as `01:23` or `1:02:03`. */
function clockText(seconds: number): string {
  const whole = Math.floor(seconds);
  if (!Number.isSafeInteger(whole)) return '?';
  const two = (value: number): string => String(value % 60).padStart(2, '0');
  const hours = Math.floor(whole / 3600);
  return `${hours > 0 ? `${hours}:` : ''}${two(Math.floor(whole / 60))}:${two(whole)}`;
}

function blocks(share: number): string {
  const eighths = Math.floor(share * BAR_WIDTH * 8);
  const full = '█'.repeat(eighths >> 3);
  return `${full}${eighths % 8 > 0 ? EIGHTHS[eighths % 8] : ''}`.padEnd(BAR_WIDTH);
}
