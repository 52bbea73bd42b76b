import { afterEach, beforeEach } from 'vitest';
import { quickBooksForTest, type ForTest, type Session } from './quickbooks-for-test.ts';

/** A QuickBooks anew for each test of a file, with a session in its company. Filled before each of them. */
export const quickBooksSuite = () => {
  const t = {} as ForTest;
  const s = {} as Session;
  beforeEach(async () => {
    Object.assign(t, await quickBooksForTest());
    Object.assign(s, await t.session());
  });
  afterEach(() => t.quickbooks.close());
  return { t, s };
};
