import { type OutputChannel, outputChannel } from '../channel.ts';
import { beforeSymbol, type MimeBundle } from '../types.ts';
import { bootstrap } from './bootstrap.ts';
import { familyOf, type LibraryName, libraryId, libraryText, prepareLibrary } from './libraries.ts';
import { ownerOf } from './owners.ts';

/**
 * A bundle whose HTML needs a library. Right before it is shown the library is sent, if the notebook does not
 * hold it already, in an output of its own, which shows nothing. Consoles and plain Node get none.
 */
export async function withLibrary(name: LibraryName, bundle: MimeBundle): Promise<MimeBundle> {
  if (outputChannel().isConsole) return bundle;
  await prepareLibrary(name);
  return withPrepared(name, bundle);
}

/** The same at once, for a library that is prepared. */
export function withPrepared(name: LibraryName, bundle: MimeBundle): MimeBundle {
  const channel = outputChannel();
  if (channel.isConsole) return bundle;
  if (channel.cell) return Object.assign(bundle, { [beforeSymbol]: () => sendLibrary(name) });
  // A kernel that is not ours does not ask what comes before a result.
  sendLibrary(name);
  return bundle;
}

function sendLibrary(name: LibraryName): void {
  const channel = outputChannel();
  // The outputs of a widget come and go: a library there would be sent with each of its charts.
  if (channel.uncaptured) channel.uncaptured(() => sendTo(channel, name));
  else sendTo(channel, name);
}

function sendTo(channel: OutputChannel, name: LibraryName): void {
  const family = familyOf(name);
  const move = ownerOf(String(family[0])).move(channel.cell?.(), family.indexOf(name));
  if (!move) return;
  const { size, displayId, superseded } = move;
  // A larger one that other cells need is prepared: it was sent for them.
  channel.display(hidden(loaderHtml(family[size] ?? name)), { metadata: {}, displayId });
  if (superseded === undefined) return;
  channel.display(hidden(moved), { metadata: {}, displayId: superseded, update: true });
}

/** An output that shows nothing, also as text. */
function hidden(html: string): MimeBundle {
  return { 'text/html': html, 'text/plain': '' };
}

/** What stays of a library that has moved: in a page an output must not be empty. */
const moved = '<div hidden></div>';

/**
 * A library that is prepared, as a piece of a page. It stands in an attribute: what cleans HTML drops attributes
 * that it does not know, but shows the texts of scripts.
 */
export function loaderHtml(name: LibraryName): string {
  const text = libraryText(name);
  return `<div hidden data-descent-library="${libraryId(name)}" data-descent-text="${text}"></div>${bootstrap}`;
}
