import { run } from './test/bench/optimizers/fit.mjs';
console.table(await run({ milliseconds: 3000 }));
