/** The colours of one theme, by the name of their CSS variable. */
export type Theme = Readonly<Record<string, string>>;

export const LIGHT: Theme = {
  page: '#ffffff',
  text: '#1f2328',
  muted: '#5b6270',
  line: '#e2e2dd',
  code: '#f6f6f3',
  accent: '#1a5fb4',
  warning: '#a85300',
  error: '#b3261e',
  paper: 'transparent',
  'hl-keyword': '#8a2a8f',
  'hl-string': '#1f6b3a',
  'hl-number': '#0b5cad',
  'hl-comment': '#656c76',
  'hl-title': '#1a4fa3',
  'hl-type': '#8a4b00',
  'hl-meta': '#9a3412',
  'ansi-0': '#24292f',
  'ansi-1': '#b3261e',
  'ansi-2': '#1e6b32',
  'ansi-3': '#7a5a00',
  'ansi-4': '#0b5cad',
  'ansi-5': '#8a2a8f',
  'ansi-6': '#0a6a74',
  'ansi-7': '#5d636b',
  'ansi-8': '#57606a',
  'ansi-9': '#c22a1f',
  'ansi-10': '#1a7535',
  'ansi-11': '#855f00',
  'ansi-12': '#1565c0',
  'ansi-13': '#9537a5',
  'ansi-14': '#0a7078',
  'ansi-15': '#40464d',
};

export const DARK: Theme = {
  page: '#16181c',
  text: '#e3e4e6',
  muted: '#a0a6b1',
  line: '#32363d',
  code: '#1e2126',
  accent: '#8ab4f8',
  warning: '#e0a253',
  error: '#ff8a80',
  paper: '#ffffff',
  'hl-keyword': '#d7a3e8',
  'hl-string': '#9bd6a5',
  'hl-number': '#8fc7ff',
  'hl-comment': '#979eaa',
  'hl-title': '#9cc2ff',
  'hl-type': '#f0c38a',
  'hl-meta': '#f2a98a',
  'ansi-0': '#a0a6b1',
  'ansi-1': '#ff8a80',
  'ansi-2': '#84d298',
  'ansi-3': '#e2c061',
  'ansi-4': '#86b7ff',
  'ansi-5': '#dc9cf0',
  'ansi-6': '#74d0d8',
  'ansi-7': '#d5d8dd',
  'ansi-8': '#9aa1ac',
  'ansi-9': '#ffa29a',
  'ansi-10': '#a0e3b1',
  'ansi-11': '#f2d588',
  'ansi-12': '#a9ccff',
  'ansi-13': '#e9bbf7',
  'ansi-14': '#9be3e9',
  'ansi-15': '#ffffff',
};

/** Follows the system until the reader chooses; paper is always light. */
export function themeCss(): string {
  const light = `color-scheme: light; ${variables(LIGHT)}`;
  const dark = `color-scheme: dark; ${variables(DARK)}`;
  return `
:root { ${light} }
@media screen and (prefers-color-scheme: dark) { :root:not([data-theme="light"]) { ${dark} } }
@media screen { :root[data-theme="dark"] { ${dark} } }
`;
}

function variables(theme: Theme): string {
  return Object.entries(theme)
    .map(([name, colour]) => `--${name}: ${colour};`)
    .join(' ');
}
