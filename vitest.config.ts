import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

const clusterTests = '**/*.cluster.test.ts';
const notOurs = ['**/node_modules/**', '.ci/**'];

if (Number.parseInt(process.versions.node, 10) < 24)
  throw new Error(
    `the tests need Node 24, this is ${process.version}: use npm run test:unit, or put node_modules/node/bin first on the path`,
  );

/** Three tiers: pure functions, one control plane per run, and whole clusters with nodes. */
export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          include: ['packages/**/src/**/*.test.ts', 'tools/**/*.test.ts', 'examples/**/*.test.ts'],
          exclude: [...notOurs, clusterTests],
          // Some start real programs, which takes long on a busy machine; no test asserts a time.
          testTimeout: 30_000,
          hookTimeout: 30_000,
        },
      },
      {
        test: {
          name: 'cluster',
          include: [clusterTests],
          exclude: notOurs,
          globalSetup: ['packages/testkit/src/global-setup.ts'],
          maxWorkers: 2,
          testTimeout: 60_000,
          hookTimeout: 120_000,
        },
      },
      {
        test: {
          name: 'e2e',
          include: ['e2e/**/*.e2e.test.ts'],
          exclude: notOurs,
          globalSetup: ['e2e/support/global-setup.ts'],
          env: { XDG_STATE_HOME: fileURLToPath(new URL('build/e2e', import.meta.url)) },
          fileParallelism: false,
          testTimeout: 300_000,
          hookTimeout: 300_000,
        },
      },
    ],
  },
});
