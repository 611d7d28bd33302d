import { vegaLibrary } from './library.ts';

/** The names of Vega's colour schemes. */
export const schemes: readonly string[] = [
  ...'accent category10 category20 category20b category20c dark2 observable10 paired pastel1 pastel2'.split(
    ' ',
  ),
  ...'set1 set2 set3 tableau10 tableau20 blues tealblues teals greens browns greys purples'.split(' '),
  ...'warmgreys reds oranges turbo viridis inferno magma plasma cividis bluegreen bluepurple'.split(' '),
  ...'goldgreen goldorange goldred greenblue orangered purplebluegreen purpleblue purplered'.split(' '),
  ...'redpurple yellowgreenblue yellowgreen yelloworangebrown yelloworangered darkblue darkgold'.split(' '),
  ...'darkgreen darkmulti darkred lightgreyred lightgreyteal lightmulti lightorange lighttealblue'.split(' '),
  ...'blueorange brownbluegreen purplegreen pinkyellowgreen purpleorange redblue redgrey'.split(' '),
  ...'redyellowblue redyellowgreen spectral rainbow sinebow'.split(' '),
];

/** Whether Vega knows a colour scheme of that name. */
export function isScheme(name: string): boolean {
  return vegaLibrary().vega.scheme(name) !== undefined;
}
