// `npm run bench NAME [-- options]`: runs one of the benchmarks below.
const benchmarks = {
  compute: () => import('./compute.mjs'),
  display: () => import('./display.mjs'),
  kernel: () => import('./kernel.mjs'),
  language: () => import('./language.mjs'),
  optimizers: () => import('./optimizers.mjs'),
  reload: () => import('./reload.mjs'),
  updates: () => import('./updates.mjs'),
};

const [name, ...options] = process.argv.slice(2);
const load = benchmarks[name];
if (load === undefined) {
  console.error(
    `benchmark ${name ?? '(none)'} is not known: choose one of ${Object.keys(benchmarks).join(', ')}`,
  );
  process.exitCode = 2;
} else {
  await (await load()).main(options);
}
