import type { CellRequest } from '../engine/engine.ts';
import type { Message } from '../message/types.ts';

/**
 * Which cell of the notebook a request runs, as JupyterLab and VS Code say in its metadata, and which are gone.
 * What runs a notebook without a user, nbconvert say, does not say it, but runs each cell once.
 */
export function notebookCell(
  { metadata }: Message,
  run: number,
  hasUser: boolean,
): Pick<CellRequest, 'notebookCell' | 'deletedCells'> {
  const { cellId, deletedCells } = metadata;
  const id = typeof cellId === 'string' ? cellId : hasUser ? undefined : `run-${run}`;
  const deleted = Array.isArray(deletedCells) ? deletedCells : [];
  return {
    ...(id === undefined ? {} : { notebookCell: id }),
    deletedCells: deleted.filter((one) => typeof one === 'string'),
  };
}
