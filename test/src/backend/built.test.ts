import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const built = join(import.meta.dirname, '../../../dist/src');

// One import of a package of tfjs costs the start a scan of its megabytes, 100 ms.
test('the built modules load the packages of tfjs by require', () => {
  const scripts = readdirSync(built, { recursive: true, encoding: 'utf8' }).filter((path) =>
    path.endsWith('.js'),
  );
  expect(scripts.length).toBeGreaterThan(10);
  const importing = scripts.filter((path) =>
    /^\s*(import|export)\b[^;]*['"]@tensorflow\//m.test(readFileSync(join(built, path), 'utf8')),
  );
  expect(importing).toEqual([]);
});

test('the module of the engine is there, in both builds', () => {
  const names = readdirSync(join(built, 'backend/engine')).filter((name) => name.endsWith('.wasm'));
  expect(names.sort()).toEqual(['plain.wasm', 'relaxed.wasm']);
});
