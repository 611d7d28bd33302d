import { defineConfig, type ViteUserConfig } from 'vitest/config';

const config: ViteUserConfig = defineConfig({
  test: {
    root: new URL('../..', import.meta.url).pathname,
    include: ['test/{kernel,src,notebooks,tfjs,frontends}/**/*.test.ts'],
    globalSetup: ['test/config/globalSetup.ts'],
    setupFiles: ['test/config/seeds.ts'],
    pool: 'forks',
    maxWorkers: 2,
    testTimeout: 60_000,
    hookTimeout: 120_000,
    // The contact sheet of the front-ends is made then.
    teardownTimeout: 180_000,
    reporters: ['default'],
  },
});

export default config;
