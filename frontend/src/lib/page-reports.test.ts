import { expect, it } from 'vitest';
import type { PageReport } from '@legendops/portal/contract';
import { pageReports } from './page-reports.ts';
import type { Path } from './router/addresses.ts';

const surroundings = () => {
  const sent: PageReport[] = [];
  let page: PageReport['page'] = '/';
  const reports = pageReports({ page: () => page, send: (report) => sent.push(report) });
  return { sent, reports, open: (to: Path) => void (page = to) };
};
const no = { script: 0, promise: 0, code: 0 };

it('tells once how long the first page took', () => {
  const { sent, reports } = surroundings();
  reports.shown(812.4);
  reports.flush();
  reports.flush();
  expect(sent).toEqual([{ page: '/', loadMs: 812, errors: no }]);
});

it('tells errors of the page that they were on', () => {
  const { sent, reports, open } = surroundings();
  reports.failed('script');
  open('/invoices');
  reports.failed('promise');
  reports.failed('promise');
  reports.flush();
  expect(sent).toEqual([
    { page: '/', loadMs: null, errors: { ...no, script: 1 } },
    { page: '/invoices', loadMs: null, errors: { ...no, promise: 2 } },
  ]);
});

it('tells no more than a server takes, and nothing where there is nothing', () => {
  const { sent, reports } = surroundings();
  reports.flush();
  for (let count = 0; count < 500; count += 1) reports.failed('code');
  reports.shown(10 ** 9);
  reports.flush();
  expect(sent).toEqual([{ page: '/', loadMs: 120_000, errors: { ...no, code: 100 } }]);
});
