import { parentPort, workerData } from 'node:worker_threads';
import { CellSyntaxError } from './errors.ts';
import { type NamesRecord, SessionNames } from './session.ts';
import { type TransformedCell, transformCell } from './transform.ts';

/** The thread that transforms one large cell. */

export interface TransformOrder {
  source: string;
  file: string;
  names: NamesRecord;
}

/** Said first, when every module has been loaded: from here on the thread can be ended. */
export type Loaded = 'loaded';

export type TransformAnswer =
  | { cell: TransformedCell; names: NamesRecord }
  | { error: { name: string } & Pick<CellSyntaxError, 'message' | 'source' | 'start' | 'help'> };

function answer({ source, file, names: record }: TransformOrder): TransformAnswer {
  const names = new SessionNames();
  names.add(record);
  try {
    const cell = transformCell(source, file, names);
    const { declared, captured, aliases, dynamic } = names;
    return { cell, names: { declared, captured, aliases, dynamic } };
  } catch (error) {
    if (!(error instanceof CellSyntaxError)) throw error;
    return {
      error: {
        ...{ name: error.name, message: error.message },
        ...{ source: error.source, start: error.start, help: error.help },
      },
    };
  }
}

// A cell with types uses every module but esbuild, which is CommonJS.
transformCell('0 as number', 'loaded.ts');
parentPort?.postMessage('loaded' satisfies Loaded);
parentPort?.postMessage(answer(workerData as TransformOrder));
