import { functionalContract } from './functional.ts';
import { modelsContract } from './models.ts';
import { ratesContract } from './rates.ts';
import { rejectsContract } from './rejects.ts';
import { savingContract } from './saving.ts';
import { trainingContract } from './training.ts';

/** The tests that every optimizer of the list has to pass, on the back end in use. */
export function contract(): void {
  trainingContract();
  savingContract();
  functionalContract();
  modelsContract();
  ratesContract();
  rejectsContract();
}
