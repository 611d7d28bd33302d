import { existsSync, readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { plotlyScript, vegaScript } from './drawing.ts';

/** Libraries that run in the page. */
export type LibraryName = 'plotly-basic' | 'plotly-cartesian' | 'plotly' | 'vega';

interface Library {
  /** The packages, each with the one script that is all of it; `modules` holds what they export. */
  readonly scripts: Readonly<Record<string, readonly [packageName: string, file: string]>>;
  /** The part that makes `{ draw(host, spec) }` of the modules. */
  readonly drawing: string;
}

const plotly = (packageName: string, file: string): Library => ({
  scripts: { plotly: [packageName, file] },
  drawing: plotlyScript,
});

const libraries: Readonly<Record<LibraryName, Library>> = {
  'plotly-basic': plotly('plotly.js-basic-dist-min', 'plotly-basic.min.js'),
  'plotly-cartesian': plotly('plotly.js-cartesian-dist-min', 'plotly-cartesian.min.js'),
  plotly: plotly('plotly.js-dist-min', 'plotly.min.js'),
  vega: {
    scripts: {
      vega: ['vega', 'vega.min.js'],
      'vega-lite': ['vega-lite', 'vega-lite.min.js'],
      'vega-embed': ['vega-embed', 'vega-embed.min.js'],
    },
    drawing: vegaScript,
  },
};

const require = createRequire(import.meta.url);
const compress = promisify(gzip);
const ids = new Map<LibraryName, string>();
const texts = new Map<LibraryName, string>();
const preparing = new Map<LibraryName, Promise<void>>();

/** Libraries of which each can do all that the one before it can. */
const families: readonly (readonly LibraryName[])[] = [
  ['plotly-basic', 'plotly-cartesian', 'plotly'],
  ['vega'],
];

/** A library and its like, the smallest first. */
export function familyOf(name: LibraryName): readonly LibraryName[] {
  return families.find((family) => family.includes(name)) ?? [name];
}

/** The name of a library with its version, by which charts and loaders find each other: `plotly@4.1.2`. */
export function libraryId(name: LibraryName): string {
  const known = ids.get(name);
  if (known !== undefined) return known;
  const [[packageName] = ['']] = Object.values(libraries[name].scripts);
  const folder = dirname(require.resolve(packageName));
  const beside = join(folder, 'package.json');
  const manifest = readFileSync(existsSync(beside) ? beside : join(folder, '../package.json'), 'utf8');
  const id = `${name}@${(JSON.parse(manifest) as { version: string }).version}`;
  ids.set(name, id);
  return id;
}

/** The paths of a library's scripts. */
export function libraryScripts(name: LibraryName): string[] {
  return Object.values(libraries[name].scripts).map(pathOf);
}

function pathOf([packageName, file]: readonly [string, string]): string {
  return join(dirname(require.resolve(packageName)), file);
}

/** Make a library's text ready. */
export function prepareLibrary(name: LibraryName): Promise<void> {
  const known = preparing.get(name);
  if (known) return known;
  const work = makeText(libraries[name]).then((text) => void texts.set(name, text));
  work.catch(() => preparing.delete(name));
  preparing.set(name, work);
  return work;
}

/** Whether a library's text is ready. */
export function isPrepared(name: LibraryName): boolean {
  return texts.has(name);
}

/** A library as a loader carries it: the body of a function that returns `{ draw }`, gzipped, in base64. */
export function libraryText(name: LibraryName): string {
  const text = texts.get(name);
  if (text === undefined) throw new Error(`display: the library ${name} is used before it is prepared`);
  return text;
}

/**
 * The scripts see no `define`, `module`, `exports` and `require` of the page's, which RequireJS would capture
 * them by, and the page sees no global of theirs. A MathJax that is on the page keeps its configuration.
 */
const preparation = `
const modules = {};
const before = window.Plotly;
window.PlotlyConfig ||= { MathJaxConfig: 'local' };
const load = (name, run) => {
  const module = { exports: {} };
  run.call(window, module.exports, module, (other) => modules[other], undefined);
  modules[name] = module.exports;
};
`;
const cleaning = '\nif (before) window.Plotly = before; else delete window.Plotly;\n';

async function makeText({ scripts, drawing }: Library): Promise<string> {
  const parts = Object.entries(scripts).map(async ([name, script]) => {
    const code = (await readFile(pathOf(script), 'utf8')).replace(/^\/\/# sourceMappingURL=.*$/m, '');
    return `load(${JSON.stringify(name)}, function (exports, module, require, define) {\n${code}\n});\n`;
  });
  const body = [preparation, ...(await Promise.all(parts)), cleaning, drawing].join('');
  return (await compress(body, { level: 9 })).toString('base64');
}
