/** An optimizer that keeps its state by the names of variables. */
interface NamesVariables {
  /**
   * Takes the names to save the state under, by the names of the variables. A model that is loaded has
   * variables of other names where those it was saved with still exist.
   */
  nameVariables(names: ReadonlyMap<string, string>): void;
}

/** Whether the optimizer keeps its state by the names of variables. */
export const namesVariables = (optimizer: unknown): optimizer is NamesVariables =>
  optimizer !== null && typeof optimizer === 'object' && 'nameVariables' in optimizer;
