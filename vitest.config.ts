import { defineConfig } from 'vitest/config';

// One project per kind of surroundings: `unit` needs nothing, `db` a PostgreSQL of its own, `platform` whole processes,
// `kubernetes` the real control plane of LEGENDOPS_TOOLS, `browser` a Chromium.
const project = (name: string, suffix: string, extra: object = {}) => ({
  test: {
    name,
    include: [`{services,operators,scripts,frontend,db}/**/*.${suffix}.ts`],
    ...extra,
  },
});

export default defineConfig({
  test: {
    projects: [
      project('unit', 'test'),
      project('db', 'db-test', {
        globalSetup: ['services/kit/src/testing/postgres-server.ts'],
        testTimeout: 30_000,
        hookTimeout: 60_000,
      }),
      project('platform', 'platform-test', { testTimeout: 120_000, hookTimeout: 180_000, fileParallelism: false }),
      project('kubernetes', 'kube-test', { testTimeout: 120_000, hookTimeout: 120_000, fileParallelism: false }),
      project('browser', 'browser-test', { testTimeout: 180_000, hookTimeout: 240_000, fileParallelism: false }),
    ],
  },
});
