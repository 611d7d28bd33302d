import type { EngineEvents } from './engine.ts';
import type { Event } from './protocol.ts';

/** Reports what a cell does; gives back an event that is the engine's own concern. */
export function reportCell(
  event: Event,
  buffers: Buffer[],
  events: EngineEvents,
): Exclude<Event, { ev: 'output' | 'error' | 'comm' | 'input' | 'payload' }> | undefined {
  switch (event.ev) {
    case 'output': {
      const { ev: _ev, cell, ...output } = event;
      events.output(cell, output);
      return undefined;
    }
    case 'error':
      events.error(event.cell, event.error);
      return undefined;
    case 'comm': {
      const { ev: _ev, cell, ...message } = event;
      events.comm(cell, message, buffers);
      return undefined;
    }
    case 'input':
      events.input(event.cell, event.prompt, event.password);
      return undefined;
    case 'payload':
      events.payload(event.cell, event.payload);
      return undefined;
    default:
      return event;
  }
}
