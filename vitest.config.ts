import { defineConfig } from 'vitest/config';

// One project per kind of surroundings: `unit` needs nothing, `db` a PostgreSQL of its own, `platform` whole processes,
// `exhaustive` as well, and minutes (.ci/run alone), `kubernetes` the real control plane of LEGENDOPS_TOOLS, `browser` a
// Chromium. Whole processes wait more than they compute: some at once, after the tests that compute.
const project = (name: string, suffix: string, extra: object = {}) => ({
  test: {
    name,
    include: [`{services,operators,scripts,frontend,db,infra}/**/*.${suffix}.ts`],
    ...extra,
  },
});

// As many at once as a small machine has cores: the runner itself leaves one of two idle. A machine that is busy with others is
// slow and not wrong.
const computing = { maxWorkers: 2, testTimeout: 30_000, hookTimeout: 60_000 };
const wholeProcesses = { testTimeout: 120_000, hookTimeout: 180_000, maxWorkers: 3 };

export default defineConfig({
  test: {
    projects: [
      project('unit', 'test', computing),
      project('db', 'db-test', {
        ...computing,
        globalSetup: ['services/kit/src/testing/postgres-server.ts'],
      }),
      project('platform', 'platform-test', { ...wholeProcesses, sequence: { groupOrder: 1 } }),
      project('exhaustive', 'exhaustive-test', {
        ...wholeProcesses,
        globalSetup: ['services/kit/src/testing/postgres-server.ts'],
        sequence: { groupOrder: 2 },
      }),
      project('kubernetes', 'kube-test', { testTimeout: 120_000, hookTimeout: 120_000, fileParallelism: false }),
      project('browser', 'browser-test', { testTimeout: 180_000, hookTimeout: 240_000, fileParallelism: false }),
    ],
  },
});
