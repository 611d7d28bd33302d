import type { OutputRequest } from '../engine.ts';

/** What tslab's public module hands over for each thing that is shown. */
interface TslabOutput {
  data: Record<string, unknown>;
  metadata: Record<string, unknown>;
  transient: { display_id?: string };
}

type Display = Extract<OutputRequest, { type: 'display' }>;
type Channel = { display(data: Display['data'], options: Omit<Display, 'type' | 'data'>): void };

// Cells may replace these.
const { entries, fromEntries } = Object;

/** What stands for tslab's own kernel where its public module, and whoever looks behind it, asks for that. */
export const jupyter: {
  lastWriteDisplayData(output: TslabOutput, isUpdate: boolean): void;
  ZmqServer: new () => object;
  JupyterHandlerImpl: new () => object;
} = {
  lastWriteDisplayData({ data, metadata, transient }, isUpdate) {
    const channel = (globalThis as unknown as Record<symbol, Channel>)[Symbol.for('descent.channel')];
    const displayId = transient.display_id;
    channel?.display(fromEntries(entries(data).map(asAllowed)), {
      metadata,
      ...(displayId === undefined ? {} : { displayId }),
      ...(isUpdate ? { update: true } : {}),
    });
  },
  ZmqServer: class {
    constructor() {
      unavailable('ZmqServer');
    }
  },
  JupyterHandlerImpl: class {
    constructor() {
      unavailable('JupyterHandlerImpl');
    }
  },
};

/** The notebook format has text for all that is not JSON; JavaScript notebooks also pass numbers and nothing. */
function asAllowed([mime, value]: [string, unknown]): [string, unknown] {
  return [mime, typeof value === 'string' || /[/+]json$/.test(mime) ? value : String(value)];
}

function unavailable(name: string): never {
  throw new Error(
    `tslab's own kernel (${name}) cannot run inside this one; display, newDisplay and versions of 'tslab' can be used`,
  );
}
