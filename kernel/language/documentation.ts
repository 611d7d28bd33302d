import type { MarkdownIt } from 'markdown-it';

/** A comment's text and tags, for each way in which a front-end may show them. */
export interface Documentation {
  markdown: string;
  html: string;
  text: string;
}

/** Where the documentation of TensorFlow.js has a function in its table of contents. */
const CONTENTS = /^\*@doc\* — \{.*\}$/gm;

let parser: MarkdownIt | undefined;

/** Takes the Markdown in which the language server writes a comment. */
export async function documentationOf(written: string): Promise<Documentation> {
  const markdown = written.replaceAll(CONTENTS, '').trim();
  if (markdown === '') return { markdown, html: '', text: '' };
  parser ??= new (await import('markdown-it')).default({ html: false });
  const text = markdown.replaceAll(/^\*(@\w+)\*(?: `([^`]*)`)?/gm, (_, tag: string, name?: string) =>
    name === undefined ? tag : `${tag} ${name}`,
  );
  return { markdown, html: parser.render(markdown).trim(), text };
}
