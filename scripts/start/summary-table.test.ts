import { expect, it } from 'vitest';
import type { Endpoints } from '../local/endpoints.ts';
import { summaryTable } from './summary-table.ts';

it('names the folder in which the state stays, wherever it is', () => {
  const endpoints = { kubeconfig: '/elsewhere/kubeconfig', postgres: {} } as Endpoints;
  const table = summaryTable(endpoints, [], { seconds: 1, directory: '/elsewhere' });
  expect(table).toContain('the state stays in /elsewhere.');
  expect(table).not.toContain('.legendops');
});
