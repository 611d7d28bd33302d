import type { GalleryCase } from '../case.ts';

/**
 * Widgets, which are live where the front-end has ipywidgets' scripts. nbconvert's template "basic" is the part of a page
 * that is to have them.
 */
export const WIDGETS: readonly GalleryCase[] = [
  {
    name: 'widgets',
    source: `new widgets.VBox([
  new widgets.IntSlider({ value: 4, min: 0, max: 10, description: 'epochs' }),
  new widgets.Dropdown({ options: ['adam', 'momentum'], value: 'momentum', description: 'optimizer' }),
  new widgets.Checkbox({ value: true, description: 'shuffle the rows' }),
])`,
    title: 'optimizer',
    text: 'optimizer',
    kind: 'text',
    coloured: false,
    asText: ['nbconvert LaTeX'],
    absent: ['nbconvert basic'],
  },
  {
    name: 'interact',
    source: `interact((rate, kind) => html\`<b style="color: #009e73">chosen \${kind} at \${rate}</b>\`, { rate: [0, 1, 0.1], kind: ['adam', 'sgd'] })`,
    title: 'chosen adam at 0.5',
    text: 'chosen adam at 0.5',
    kind: 'text',
    coloured: true,
    asText: ['nbconvert LaTeX'],
    absent: ['nbconvert basic'],
  },
];
