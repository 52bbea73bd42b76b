import { describe, expect, it } from 'vitest';
import { syncWindow } from './sync-window.ts';

describe('the days whose usage is read', () => {
  it.each<[string, string, string | null, string, string?]>([
    ['a week back on most days', '2026-02-18', '2026-02-17', '2026-02-10'],
    ['the week before a sync that failed since', '2026-02-19', '2026-02-16', '2026-02-09'],
    ['last month until its invoices are made', '2026-02-04', '2026-02-03', '2026-01-01'],
    ['last month at the first sync', '2026-02-18', null, '2026-01-01'],
    // The next run bills February, and looks again at January, December and November.
    ['on a Friday all that the next invoice run looks at', '2026-02-20', '2026-02-19', '2025-11-01'],
    ['on the day before the run all that it looks at', '2026-03-05', '2026-03-04', '2025-11-01'],
    ['such a day made up for when its sync failed', '2026-02-21', '2026-02-19', '2025-11-01'],
    ['once on such a day', '2026-02-20', '2026-02-20', '2026-02-13'],
    ['after an absence every month that the next run looks at', '2026-06-05', '2026-02-17', '2026-01-01', '2026-01-01'],
    ['no less where only the last month was run', '2026-02-20', '2026-02-19', '2025-11-01', '2026-01-01'],
  ])('%s', (_title, today, lastSync, from, oldestRun) => {
    const window = syncWindow({ today, lastSync, oldestRun: oldestRun ?? null, from: undefined });
    expect(window.from).toBe(from);
    expect(window.to < today).toBe(true);
  });
});
