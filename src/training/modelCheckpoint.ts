import { existsSync } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { resolve } from 'node:path';
import process from 'node:process';
import { ArgumentError, checkOptions, describe } from '../core/check.ts';
import type { Callback, Logs, Run } from './callbacks.ts';
import { Monitor, type MonitorOptions } from './monitor.ts';

/** Options of `modelCheckpoint`. */
export interface ModelCheckpointOptions extends Omit<MonitorOptions, 'minDelta'> {
  /** A folder for the model; `{epoch}`, from 1, and `{val_loss:.2f}` and the like make one for each. */
  path: string;
  /** Whether only a model that is better than all before is saved; false by default. */
  saveBestOnly?: boolean | undefined;
  /** Whether the state of the optimizer is saved too; false by default. */
  includeOptimizer?: boolean | undefined;
}

const WHERE = 'modelCheckpoint';

/** `{name}`, `{name:.2f}`, `{name:03d}`. */
const PLACE = /\{(\w+)(?::(?:\.(\d+)f|0?(\d+)d))?\}/g;

function filled(path: string, epoch: number, logs: Logs): string {
  return path.replace(PLACE, (_, name: string, digits?: string, width?: string) => {
    const value = name === 'epoch' ? epoch + 1 : logs[name];
    if (value === undefined) {
      const names = ['epoch', ...Object.keys(logs)].join(', ');
      throw new ArgumentError(WHERE, 'path', `{${name}}`, `made of the places ${names}`);
    }
    if (digits !== undefined) return value.toFixed(Number(digits));
    return width === undefined ? String(value) : String(value).padStart(Number(width), '0');
  });
}

class Saver implements Callback {
  readonly name: string = WHERE;
  readonly #path: string;
  readonly #monitor: Monitor;
  readonly #bestOnly: boolean;
  readonly #includesOptimizer: boolean;
  #best: number;
  #goesOn = false;

  constructor(options: ModelCheckpointOptions) {
    const { path, saveBestOnly = false, includeOptimizer = false } = options;
    if (typeof path !== 'string' || path === '') {
      throw new ArgumentError(WHERE, 'path', describe(path), 'the path of a folder');
    }
    for (const [name, value] of Object.entries({ saveBestOnly, includeOptimizer })) {
      if (typeof value !== 'boolean') throw new ArgumentError(WHERE, name, describe(value), 'true or false');
    }
    const { monitor, mode } = options;
    this.#monitor = new Monitor(WHERE, { monitor, mode });
    this.#path = path;
    this.#bestOnly = saveBestOnly;
    this.#includesOptimizer = includeOptimizer;
    this.#best = this.#monitor.worst;
  }

  onTrainBegin(run: Run): void {
    if (this.#bestOnly) this.#monitor.check(run);
    if (!this.#goesOn) this.#best = this.#monitor.worst;
    this.#goesOn = false;
  }

  async onEpochEnd(epoch: number, logs: Logs, run: Run): Promise<void> {
    if (this.#bestOnly) {
      const value = this.#monitor.valueOf(logs);
      if (!this.#monitor.improves(value, this.#best)) return;
      this.#best = value;
    }
    const path = resolve(filled(this.#path, epoch, logs));
    const draft = `${path}.${process.pid}.tmp`;
    await run.model.save(`file://${draft}`, { includeOptimizer: this.#includesOptimizer });
    // A folder cannot take the place of another at once: the old one is out of the way for a moment.
    const old = `${path}.${process.pid}.old`;
    if (existsSync(path)) await rename(path, old);
    await rename(draft, path);
    await rm(old, { recursive: true, force: true });
  }

  getState(): { best: number } {
    return { best: this.#best };
  }

  setState(state: unknown): void {
    this.#best = (state as { best: number }).best;
    this.#goesOn = true;
  }
}

/**
 * Saves the model after each epoch, or after those that are better than all before, as `model.json` and `weights.bin`
 * of a folder, which `tf.loadLayersModel('file://…/model.json')` loads. (To go on with a training exactly, give `fit` a
 * `checkpoint`.)
 *
 * @param options `path`, a folder, with places such as `{epoch}`, counted from 1, `{epoch:03d}` and `{val_loss:.3f}`;
 *   `saveBestOnly` (false) by `monitor` ('val_loss') and `mode` ('auto'); `includeOptimizer` (false)
 * @returns a callback for `fit`
 * @throws ArgumentError for an option that is not allowed, a quantity that is not reported, a place that is not known;
 *   what the file system throws
 *
 * @example
 * const best = training.modelCheckpoint({ path: 'out/best', monitor: 'val_loss', saveBestOnly: true });
 * await training.fit(model, [x, y], { epochs: 3, validation: 0.2, callbacks: best });
 * const again = await tf.loadLayersModel('file://out/best/model.json');
 */
export function modelCheckpoint(options: ModelCheckpointOptions): Callback {
  checkOptions(WHERE, options, ['path', 'monitor', 'mode', 'saveBestOnly', 'includeOptimizer']);
  return new Saver(options);
}
