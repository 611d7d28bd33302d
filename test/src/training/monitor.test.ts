import { describe, expect, it } from 'vitest';
import { Monitor } from '../../../src/training/monitor.ts';

const run = (metrics: readonly string[]): { metrics: readonly string[] } => ({ metrics });

describe('Monitor', () => {
  it('reads names as they are in use elsewhere', () => {
    const name = (monitor: string): string => new Monitor('test', { monitor }).name;
    expect(['valLoss', 'val_accuracy', 'valAccuracy', 'accuracy', 'acc', 'val_acc'].map(name)).toEqual([
      'val_loss',
      'val_acc',
      'val_acc',
      'acc',
      'acc',
      'val_acc',
    ]);
  });

  it('goes by the name, or by what it is told', () => {
    const mode = (monitor: string, mode?: 'min' | 'max'): string =>
      new Monitor('test', { monitor, mode }).mode;
    expect(mode('val_acc')).toBe('max');
    expect(mode('val_meanSquaredError')).toBe('min');
    expect(mode('val_acc', 'min')).toBe('min');
  });

  it('counts only what is better by more than the smallest difference', () => {
    const least = new Monitor('test', { minDelta: 0.1 });
    expect(least.improves(0.95, 1)).toBe(false);
    expect(least.improves(0.85, 1)).toBe(true);
    expect(least.improves(5, least.worst)).toBe(true);
    expect(least.improves(Number.NaN, least.worst)).toBe(false);
    const most = new Monitor('test', { monitor: 'acc' });
    expect(most.improves(0.1, most.worst)).toBe(true);
    expect(most.improves(0.1, 0.1)).toBe(false);
  });

  it('rejects what is not reported, with the names that are', () => {
    expect(() => new Monitor('earlyStopping', {}).check(run(['loss', 'acc']))).toThrow(
      "earlyStopping: monitor must be among what is reported, 'loss', 'acc'; received 'val_loss' (fit was given no validation data)",
    );
    expect(() => new Monitor('earlyStopping', { monitor: 'val_los' }).check(run(['val_loss']))).toThrow(
      /did you mean 'val_loss'\?/,
    );
    new Monitor('earlyStopping', { monitor: 'val_accuracy' }).check(run(['val_acc']));
  });

  it('rejects options that are not allowed', () => {
    expect(() => new Monitor('test', { mode: 'up' as never })).toThrow(/mode/);
    expect(() => new Monitor('test', { minDelta: -1 })).toThrow(/minDelta/);
    expect(() => new Monitor('test', { monitor: 3 as never })).toThrow(/monitor/);
  });
});
