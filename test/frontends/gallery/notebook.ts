import type { GalleryCase } from './case.ts';

/** The cases as a notebook of nbformat 4: a heading, then a cell for each. */
export function galleryNotebook(cases: readonly GalleryCase[]): string {
  const title = { cell_type: 'markdown', id: 'title', metadata: {}, source: '# Gallery' };
  const cells = cases.map(({ name, source }) => ({
    cell_type: 'code',
    id: name,
    metadata: {},
    execution_count: null,
    outputs: [],
    source,
  }));
  const metadata = {
    kernelspec: { display_name: 'TypeScript (Descent)', language: 'typescript', name: 'descent' },
    language_info: { name: 'typescript', file_extension: '.ts', mimetype: 'text/x-typescript' },
  };
  return JSON.stringify({ cells: [title, ...cells], metadata, nbformat: 4, nbformat_minor: 5 }, undefined, 1);
}
