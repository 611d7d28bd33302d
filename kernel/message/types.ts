/** The version of the Jupyter messaging specification that the kernel speaks. */
export const PROTOCOL_VERSION = '5.5';

export type Json = Record<string, unknown>;

export interface Header {
  msg_id: string;
  msg_type: string;
  session: string;
  username: string;
  date: string;
  version: string;
  subshell_id?: string | null;
}

export interface Message {
  /** Routing prefix: a client's identities on a router socket, the topic on iopub. */
  identities: Uint8Array[];
  header: Header;
  /** The header of the message that caused this one; empty when nothing did. */
  parentHeader: Header | Record<string, never>;
  metadata: Json;
  content: Json;
  buffers: Uint8Array[];
}

/** What an `error` message and an error reply say. */
export interface ErrorContent {
  ename: string;
  evalue: string;
  traceback: string[];
}
