// The nbformat 4 document, with every multi-line string joined. Field names are those of the file:
// https://nbformat.readthedocs.io/en/latest/format_description.html

export type JsonValue = string | number | boolean | null | JsonValue[] | JsonObject;

export interface JsonObject {
  [key: string]: JsonValue;
}

/** From MIME type to content: text and base64 are strings, JSON types are values. */
export type MimeBundle = Record<string, JsonValue>;

interface StreamOutput {
  output_type: 'stream';
  name: string;
  text: string;
}

export interface DisplayDataOutput {
  output_type: 'display_data';
  data: MimeBundle;
  metadata: JsonObject;
}

export interface ExecuteResultOutput {
  output_type: 'execute_result';
  execution_count: number | null;
  data: MimeBundle;
  metadata: JsonObject;
}

interface ErrorOutput {
  output_type: 'error';
  ename: string;
  evalue: string;
  traceback: string[];
}

export type Output = StreamOutput | DisplayDataOutput | ExecuteResultOutput | ErrorOutput;

/** Files embedded in a Markdown or raw cell, by the name that `attachment:name` refers to. */
export type Attachments = Record<string, MimeBundle>;

interface BaseCell {
  /** Required by nbformat 4.5, absent in files older than that. */
  id?: string;
  metadata: JsonObject;
  source: string;
}

export interface CodeCell extends BaseCell {
  cell_type: 'code';
  execution_count: number | null;
  outputs: Output[];
}

interface MarkdownCell extends BaseCell {
  cell_type: 'markdown';
  attachments?: Attachments;
}

export interface RawCell extends BaseCell {
  cell_type: 'raw';
  attachments?: Attachments;
}

export type Cell = CodeCell | MarkdownCell | RawCell;

export interface Notebook {
  nbformat: 4;
  nbformat_minor: number;
  metadata: JsonObject;
  cells: Cell[];
}
