// The measurements of language.mjs, each over kernels of its own.
import { setTimeout as sleep } from 'node:timers/promises';
import { quantile } from './figures.mjs';
import { HOVERED, NOTEBOOK, TYPED } from './languageNotebook.mjs';

async function timed(question) {
  const began = performance.now();
  const answer = await question();
  return { ms: performance.now() - began, answer };
}

/** The first request of a session, which starts the server. */
export async function measureFirst({ start }, repetitions) {
  const first = { first_tf: [], first_plain: [] };
  for (let count = 0; count < repetitions; count += 1) {
    for (const [key, code] of [
      ['first_tf', 'tf.ten'],
      ['first_plain', 'Math.fl'],
    ]) {
      const client = await start();
      try {
        // As a front-end has it: the kernel has been there for a moment.
        await sleep(300);
        const { ms, answer } = await timed(() => client.complete(code));
        const types = answer.metadata._jupyter_types_experimental;
        if (!types[0]?.signature) throw new Error(`${code} was answered without types after ${ms} ms`);
        first[key].push(ms);
      } finally {
        await client.kill();
      }
    }
  }
  return first;
}

/** A type warning's way from the reply. */
async function warning(client, at) {
  let warned;
  const came = new Promise((resolve, reject) => {
    warned = resolve;
    setTimeout(() => reject(new Error('no type warning within 20 s')), 20_000).unref();
  });
  const onOutput = ({ content }) => {
    if (String(content.data?.['text/plain']).startsWith('type warning')) warned(performance.now());
  };
  await client.execute(`const wrong${at}: number = tf.tensor([${at}]).dtype; summarize(rows[0])`, {
    onOutput,
  });
  const replied = performance.now();
  return (await came) - replied;
}

/** Each question's time in a round, in order, with what it is one of. */
async function ask(client) {
  const asked = [];
  const one = async (question, ...figures) => asked.push({ figures, ms: (await timed(question)).ms });
  const type = async (isNew) => {
    const seen = new Set();
    for (const [kind, texts] of Object.entries(TYPED)) {
      for (const text of texts) {
        const first = isNew && !seen.has(text) ? ['complete_new', kind] : [];
        await one(() => client.complete(text), 'complete', ...first);
        seen.add(text);
      }
    }
  };
  await type(true);
  for (const { code, cursor } of HOVERED) {
    await one(() => client.inspect(code, cursor), 'hover', 'hover_new');
    await one(() => client.inspect(code, cursor), 'hover', 'hover_again');
  }
  await type(false);
  return asked;
}

/** Of each question the median of its rounds: what else the machine does comes and goes. */
function overRounds(rounds, figures) {
  for (const [at, { figures: names }] of rounds[0].entries()) {
    const ms = quantile(
      rounds.map((asked) => asked[at].ms),
      0.5,
    );
    for (const name of names) (figures[name] ?? figures.distribution[name]).push(ms);
  }
}

async function memoryWithoutToolkit({ start, serverOf, residentMiB }) {
  const client = await start();
  try {
    for (const code of ['let a = { b: 1 }', 'let c = [a]']) await client.execute(code);
    for (const code of ['a.', 'c[0].', 'c.ma', 'Math.']) await client.complete(code);
    return residentMiB(serverOf(client.process.pid));
  } finally {
    await client.kill();
  }
}

/** Typing, hovering and type errors below a notebook. */
export async function measureNotebook({ start, serverOf, residentMiB }, count) {
  const figures = { complete: [], complete_new: [], hover: [], hover_new: [], hover_again: [] };
  const distribution = Object.fromEntries(Object.keys(TYPED).map((kind) => [kind, []]));
  Object.assign(figures, { warning: [], rss: [], rss_plain: [], distribution });
  const rounds = [];
  for (let round = 0; round < count; round += 1) {
    const client = await start();
    try {
      for (const code of NOTEBOOK) {
        const { error } = await client.execute(code, { timeout: 60_000 });
        if (error) throw new Error(`${code}: ${error.evalue}`);
      }
      await client.complete('tf.');
      await sleep(2000);
      rounds.push(await ask(client));
      await warning(client, 0);
      for (let at = 1; at <= 10; at += 1) figures.warning.push(await warning(client, at));
      figures.rss.push(residentMiB(serverOf(client.process.pid)));
    } finally {
      await client.kill();
    }
  }
  overRounds(rounds, figures);
  figures.rss_plain.push(await memoryWithoutToolkit({ start, serverOf, residentMiB }));
  return figures;
}

/** Cells without and with a server that is there, in turn. */
export async function measureCells({ start, serverOf }, cells, blocks) {
  const [without, kept] = [await start({ DESCENT_LANGUAGE_SERVER: 'off' }), await start()];
  const figures = { cell_without: [], cell_with: [], cell_ratio: [] };
  const block = async (client) => {
    const times = [];
    for (let at = 0; at < cells; at += 1) times.push((await timed(() => client.execute(`${at} + 1`))).ms);
    return times;
  };
  try {
    await kept.complete('const o: { a: 1 } = { ');
    if (serverOf(kept.process.pid) === undefined) throw new Error('there is no server');
    for (const client of [without, kept]) await block(client);
    for (let count = 0; count < blocks; count += 1) {
      const order = count % 2 === 0 ? [without, kept] : [kept, without];
      const times = new Map();
      for (const client of order) times.set(client, await block(client));
      figures.cell_without.push(...times.get(without));
      figures.cell_with.push(...times.get(kept));
      figures.cell_ratio.push(quantile(times.get(kept), 0.5) / quantile(times.get(without), 0.5));
    }
  } finally {
    for (const client of [without, kept]) await client.kill();
  }
  return figures;
}
