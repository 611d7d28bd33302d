/** Gradient norms of layers over the steps. */
export class NormRecord {
  readonly steps: number[] = [];
  /** In the order in which the layers came. */
  readonly norms: Map<string, number[]> = new Map();

  /** Adds the norms of a step; a layer that is missing has NaN there. */
  add(step: number, norms: ReadonlyMap<string, number>): void {
    for (const layer of norms.keys()) {
      if (!this.norms.has(layer))
        this.norms.set(
          layer,
          this.steps.map(() => Number.NaN),
        );
    }
    this.steps.push(step);
    for (const [layer, values] of this.norms) values.push(norms.get(layer) ?? Number.NaN);
  }

  clear(): void {
    this.steps.length = 0;
    this.norms.clear();
  }

  /** Gives the layers other names. */
  rename(names: ReadonlyMap<string, string>): void {
    const entries = [...this.norms].map(([layer, values]) => [names.get(layer) ?? layer, values] as const);
    this.norms.clear();
    for (const [layer, values] of entries) this.norms.set(layer, values);
  }

  save(): { steps: Float64Array; norms: Record<string, Float64Array> } {
    const norms = [...this.norms].map(([layer, values]) => [layer, Float64Array.from(values)] as const);
    return { steps: Float64Array.from(this.steps), norms: Object.fromEntries(norms) };
  }

  restore({ steps, norms }: ReturnType<NormRecord['save']>): void {
    this.clear();
    this.steps.push(...steps);
    for (const [layer, values] of Object.entries(norms)) this.norms.set(layer, [...values]);
  }
}
