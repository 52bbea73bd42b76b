import { register } from 'prom-client';
import { expect, it } from 'vitest';
import { portalSuite } from '../testing/portal-suite.ts';

const { suite } = portalSuite();
const path = '/api/portal/v1/page-reports';
const report = (body: object) => suite.api.call('POST', path, { body });
const aReport = { page: '/invoices', loadMs: 1_500, errors: { script: 2, promise: 0, code: 1 } };

const told = async (name: string) =>
  (await register.getSingleMetricAsString(name)).split('\n').filter((line) => !line.startsWith('#') && line !== '');

it('is counted by page, without a token', async () => {
  expect((await report(aReport)).status).toBe(204);
  expect((await report({ ...aReport, loadMs: null, errors: { script: 0, promise: 0, code: 0 } })).status).toBe(204);
  expect(await told('legendops_page_errors_total')).toEqual([
    'legendops_page_errors_total{page="/invoices",kind="script"} 2',
    'legendops_page_errors_total{page="/invoices",kind="code"} 1',
  ]);
  expect(await told('legendops_page_load_seconds')).toContain('legendops_page_load_seconds_count{page="/invoices"} 1');
});

it.each([
  ['a page that nobody has', { ...aReport, page: '/invoices/0190f000-0000-7000-8000-00000000000f' }],
  ['a time that no load takes', { ...aReport, loadMs: 10 ** 9 }],
  ['a number that is none', { ...aReport, errors: { script: -1, promise: 0, code: 0 } }],
  ['more than is asked', { ...aReport, url: 'https://portal.example/?secret' }],
])('refuses %s: nobody makes a series of their own', async (_, body) => {
  expect((await report(body)).status).toBe(400);
});

it('is taken so often of one address', async () => {
  const statuses = [];
  for (let sent = 0; sent < 70; sent += 1) statuses.push((await report(aReport)).status);
  expect(statuses.at(-1)).toBe(429);
});
