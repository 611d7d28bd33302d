import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import { type KernelBackend, engine as tfEngine } from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import type { LayerVariable } from '@tensorflow/tfjs-layers/dist/variables.js';
import { runningEngine } from '../engine/start.ts';
import { embeddedPlan } from './embedded/plan.ts';
import type { Emitter } from './emitter.ts';
import { refusals } from './explain.ts';
import type { WalkOptions } from './graph.ts';
import { nativeLimits } from './native/emitter.ts';
import { nativePlan } from './native/plan.ts';
import type { PlanBackend } from './native/program.ts';
import type { Plan } from './plan.ts';

/** Plans for so many sizes of batches are kept at a time. */
const KEPT = 4;

/** Whether the environment switches compiled steps off. */
const isSwitchedOff = (): boolean => process.env.DESCENT_COMPILE === 'off';

/** How a back end lays out plans. */
interface Planner {
  readonly limits: Partial<Emitter>;
  plan(model: LayersModel, batch: number, backend: KernelBackend, options: WalkOptions): Plan;
}

const embedded: Planner = {
  limits: {},
  plan: (model, batch, backend, options) =>
    embeddedPlan(model, batch, runningEngine()!, backend as BackendWasm, options),
};

const native: Planner = {
  limits: nativeLimits,
  plan: (model, batch, backend, options) => nativePlan(model, batch, backend as PlanBackend, options),
};

function plannerOf(backendName: string): Planner | undefined {
  if (backendName === 'tensorflow') return native;
  return backendName === 'wasm' && runningEngine() ? embedded : undefined;
}

interface Layers {
  readonly layers?: readonly Layers[];
  readonly trainable: boolean;
}

/** Which layers are trainable, nested ones too: what a plan depends on besides the shapes. */
function trainability(layers: readonly Layers[]): string {
  let text = '';
  for (const layer of layers) text += (layer.trainable ? '1' : '0') + trainability(layer.layers ?? []);
  return text;
}

type Kept = Map<string, Plan>;

function disposeAll(kept: Kept): void {
  for (const plan of kept.values()) plan.dispose();
  kept.clear();
}

/** The memory of plans is not that of JavaScript: it goes when their model has gone. */
const forgotten = new FinalizationRegistry<Kept>(disposeAll);

/** The plans of one model, laid out when a batch of a new size comes. */
export class Plans {
  readonly #model: LayersModel;
  readonly #kept: Kept = new Map();
  #backend: unknown;
  readonly #refusals = new Map<string, string[]>();

  constructor(model: LayersModel) {
    this.#model = model;
    forgotten.register(model, this.#kept);
  }

  /** Why there are none on the back end in use; nothing if there are. */
  reasons(): readonly string[] {
    if (isSwitchedOff()) return ['DESCENT_COMPILE is off'];
    const name = tfEngine().backendName;
    const planner = plannerOf(name);
    if (!planner) return [`the back end ${name} has no compiled steps; wasm and tensorflow have`];
    const known = this.#refusals.get(name) ?? refusals(this.#model, planner.limits);
    this.#refusals.set(name, known);
    return known;
  }

  /** The plan for batches of one size; `trained` are the weights that training changes. */
  of(batch: number, trained: readonly LayerVariable[]): Plan {
    const { backend, backendName } = tfEngine();
    if (this.#backend !== backend) this.dispose();
    this.#backend = backend;
    const key = `${batch} ${trainability(this.#model.layers)} ${trained.map(({ id }) => id)}`;
    const known = this.#kept.get(key);
    if (known) {
      // Last used, last to go.
      this.#kept.delete(key);
      this.#kept.set(key, known);
      return known;
    }
    for (const [old, plan] of this.#kept) {
      if (this.#kept.size < KEPT) break;
      plan.dispose();
      this.#kept.delete(old);
    }
    const wanted = new Set(trained);
    const plan = plannerOf(backendName)!.plan(this.#model, batch, backend, {
      trains: (variable) => wanted.has(variable),
      refuse: ({ where, reason }) => {
        throw new Error(`compileStep: ${where}: ${reason}`);
      },
    });
    this.#kept.set(key, plan);
    return plan;
  }

  /** Frees their memory; they are laid out again when they are needed. */
  dispose(): void {
    disposeAll(this.#kept);
  }
}

const plansOf = new WeakMap<LayersModel, Plans>();

/** The plans of a model, kept as long as it is. */
export function plansFor(model: LayersModel): Plans {
  const known = plansOf.get(model);
  if (known) return known;
  const plans = new Plans(model);
  plansOf.set(model, plans);
  return plans;
}

/** Frees the plans of a model, if it has any, and of the one within a sequential model. */
export function freePlans(model: LayersModel): void {
  for (const one of [model, Reflect.get(model, 'model')]) plansOf.get(one)?.dispose();
}
