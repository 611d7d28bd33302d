import { escapeHtml } from '../../html.ts';
import { MAGICS, type Magic, writtenMagics } from './table.ts';

const written = ({ name, kind }: Magic): string => `${kind === 'cell' ? '%%' : '%'}${name}`;

/** One line for each magic. */
export function helpOfAll(): string {
  const names = MAGICS.map((magic) => `${written(magic)}${magic.kind === 'both' ? `, %%${magic.name}` : ''}`);
  const width = Math.max(...names.map(({ length }) => length));
  const lines = MAGICS.map(({ help }, at) => `${(names[at] ?? '').padEnd(width)}  ${help}`);
  const shell = [
    ['!command', 'run a shell command; x = !command gives its lines'],
    ['name?', 'what is known of a name; name?? shows its source'],
  ].map(([sign = '', help]) => `${sign.padEnd(width)}  ${help}`);
  return [...lines, ...shell, '', '%help <magic> says more of one.'].join('\n');
}

/** As IPython lists them. */
export function magicList(): string {
  return [
    ...['Available line magics:', writtenMagics('line').join('  '), ''],
    ...['Available cell magics:', writtenMagics('cell').join('  ')],
  ].join('\n');
}

const optionsOf = ({ options = [] }: Magic): string[] =>
  options.map(({ flag, value, help }) => `  -${flag}${value ? ` ${value}` : ''}  ${help}`);

export function helpOf(magic: Magic): string {
  const { usage, help, details, example } = magic;
  const options = optionsOf(magic);
  const about = [`${written(magic)}: ${help}`, details, usage];
  return [...about, ...(options.length > 0 ? [options.join('\n')] : []), `Example:\n${example}`].join('\n\n');
}

/** The help of a magic in the forms that front-ends show. */
export function helpBundle(magic: Magic): Record<string, string> {
  const { usage, help, details, example } = magic;
  const code = [usage, ...optionsOf(magic)].join('\n');
  return {
    'text/plain': helpOf(magic),
    'text/markdown': `**\`${written(magic)}\`**: ${help}\n\n\`\`\`\n${code}\n\`\`\`\n\n${details}\n\n\`\`\`\n${example}\n\`\`\``,
    'text/html': `<p><code>${written(magic)}</code>: ${escapeHtml(help)}</p><pre>${escapeHtml(code)}</pre><p>${escapeHtml(details)}</p><pre>${escapeHtml(example)}</pre>`,
  };
}
