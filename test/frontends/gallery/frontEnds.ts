import { join } from 'node:path';
import { root } from '../helpers/tools.ts';

/** Where the gallery is shown: the columns of the contact sheet, in their order. */
export const FRONT_ENDS = [
  'JupyterLab',
  'JupyterLab dark',
  'Notebook 7',
  'Notebook 6',
  'VS Code',
  'nbconvert lab',
  'nbconvert lab dark',
  'nbconvert classic',
  'nbconvert basic',
  'nbconvert sanitised',
  'nbconvert print',
  'nbconvert LaTeX',
  'descent page',
  'descent page dark',
  'descent page on a phone',
  'console',
] as const;

export type FrontEndName = (typeof FRONT_ENDS)[number];

/** Where the pictures go that the contact sheet is made of: a folder for each front-end. */
export const PICTURES: string = join(root, 'out/gallery');
