import { NotebookError } from './errors.ts';
import {
  asCount,
  asList,
  asObject,
  asOptionalObject,
  asString,
  asText,
  member,
  mismatch,
  oneOf,
  type Place,
} from './shape.ts';
import type { Attachments, Cell, JsonObject, JsonValue, MimeBundle, Notebook, Output } from './types.ts';

/**
 * The notebook in the text of an `.ipynb` file, with every multi-line string joined.
 *
 * @throws NotebookError when the text is not JSON, not nbformat 4, or a part has the wrong shape.
 */
export function parseNotebook(text: string): Notebook {
  const document: Place = { at: 'notebook', value: parseJson(text) };
  const top = asObject(document);
  checkVersion(top);
  const minor = asCount(member(top, '', 'nbformat_minor')) ?? 0;
  return {
    nbformat: 4,
    nbformat_minor: minor,
    metadata: asOptionalObject(member(top, '', 'metadata')),
    cells: asList(member(top, '', 'cells')).map(parseCell),
  };
}

function parseJson(text: string): JsonValue {
  const body = text.replace(/^\uFEFF/, '');
  if (body.trim() === '') throw new NotebookError('the file is empty, expected a notebook (JSON)');
  try {
    return JSON.parse(body) as JsonValue;
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new NotebookError(`not a notebook: the file is not JSON (${reason})`, { cause });
  }
}

function checkVersion(top: JsonObject): void {
  const place = member(top, '', 'nbformat');
  const version = place.value;
  if (version === 4) return;
  if (typeof version !== 'number') throw mismatch(place, '4');
  const advice =
    version < 4
      ? 'convert it with `jupyter nbconvert --to notebook` first'
      : 'it was written by a newer Jupyter than this program knows';
  throw new NotebookError(`nbformat ${version} cannot be read, only nbformat 4: ${advice}`, {
    place: place.at,
  });
}

function parseCell(place: Place): Cell {
  const object = asObject(place);
  const at = (key: string): Place => member(object, place.at, key);
  const type = oneOf(at('cell_type'), ['code', 'markdown', 'raw']);
  const id = at('id');
  const base = {
    ...(id.value === undefined ? {} : { id: asString(id) }),
    metadata: asOptionalObject(at('metadata')),
    source: asText(at('source')),
  };
  if (type === 'code') {
    const outputs = at('outputs');
    return {
      ...base,
      cell_type: type,
      execution_count: asCount(at('execution_count')),
      outputs: outputs.value === undefined ? [] : asList(outputs).map(parseOutput),
    };
  }
  const attachments = at('attachments');
  if (attachments.value === undefined) return { ...base, cell_type: type };
  return { ...base, cell_type: type, attachments: parseAttachments(attachments) };
}

function parseOutput(place: Place): Output {
  const object = asObject(place);
  const at = (key: string): Place => member(object, place.at, key);
  const type = oneOf(at('output_type'), ['stream', 'display_data', 'execute_result', 'error']);
  switch (type) {
    case 'stream':
      return { output_type: type, name: asString(at('name')), text: asText(at('text')) };
    case 'error':
      return {
        output_type: type,
        ename: asString(at('ename')),
        evalue: asString(at('evalue')),
        traceback: asList(at('traceback')).map(asString),
      };
    case 'display_data':
      return { output_type: type, ...parseRich(at) };
    case 'execute_result':
      return { output_type: type, execution_count: asCount(at('execution_count')), ...parseRich(at) };
  }
}

function parseRich(at: (key: string) => Place): { data: MimeBundle; metadata: JsonObject } {
  return { data: parseBundle(at('data')), metadata: asOptionalObject(at('metadata')) };
}

function parseAttachments(place: Place): Attachments {
  const object = asObject(place);
  return Object.fromEntries(
    Object.keys(object).map((name) => [name, parseBundle(member(object, place.at, name))]),
  );
}

function parseBundle(place: Place): MimeBundle {
  const object = asObject(place);
  return Object.fromEntries(
    Object.keys(object).map((mime) => [mime, parseContent(mime, member(object, place.at, mime))]),
  );
}

function parseContent(mime: string, place: Place): JsonValue {
  if (/^(text|image|audio|video)\//.test(mime)) return asText(place);
  const value = place.value as JsonValue;
  if (isJsonMime(mime) || !Array.isArray(value)) return value;
  return value.every((line) => typeof line === 'string') ? value.join('') : value;
}

/** Content of these types is a JSON value: a list of strings in it is a list, not lines of text. */
export function isJsonMime(mime: string): boolean {
  return /^application\/(json|.*\+json)$/.test(mime);
}
