import type { Actor } from '@legendops/kit/auth/actor';
import { roles, type Role } from '@legendops/kit/contract/permissions';
import { describe, expect, it } from 'vitest';
import { InvoiceStatus } from '../contract.ts';
import type { PostingRow } from '../posting/posting-row.ts';
import { invoiceActs, nextStepFor } from './policy.ts';

const id = '0190f000-0000-7000-8000-00000000000a';
const as = (role: Role): Actor => ({ memberId: id, sessionId: id, tenantId: id, role, name: 'Ada', email: '' });
const posting = (state: PostingRow['state'], more: Partial<PostingRow> = {}) =>
  ({ state, may_be_there: true, is_askable: true, ...more }) as PostingRow;
const mayNow = (role: Role, status: (typeof InvoiceStatus.options)[number], last?: PostingRow): string[] =>
  Object.entries(invoiceActs(as(role), { status }, { posting: last })).flatMap(([act, { may }]) => (may ? [act] : []));

describe('what may be done to an invoice', () => {
  it.each([
    ['draft', undefined, ['approve']],
    ['approved', undefined, ['post']],
    ['posting', posting('posting'), []],
    ['in-doubt', posting('in-doubt'), []],
    ['posted', posting('posted'), []],
    ['failed', posting('failed'), ['post']],
    ['failed', posting('in-doubt'), []],
    ['in-doubt', posting('in-doubt', { is_askable: false }), ['settle']],
    ['posting', posting('posting', { is_askable: false }), ['settle']],
    ['posting', posting('posting', { is_askable: false, may_be_there: false }), []],
    ['failed', posting('failed', { code: 'invoice-unmarked' }), ['post', 'settle']],
    ['failed', posting('failed', { is_askable: false, may_be_there: false }), ['post']],
    ['posted', posting('posted', { is_askable: false }), []],
  ] as const)('by an administrator, %s', (status, last, acts) => {
    expect(mayNow('tenant_admin', status, last)).toEqual(acts);
  });

  it('is nothing for everybody else, who are told whom to ask', () => {
    for (const role of roles.filter((one) => one !== 'tenant_admin'))
      for (const status of InvoiceStatus.options) {
        const acts = invoiceActs(as(role), { status }, { posting: undefined });
        expect(Object.values(acts).map(({ may, why }) => [may, why])).toEqual(
          Array.from({ length: 3 }, () => [false, expect.stringContaining('Ask an administrator')]),
        );
      }
  });

  it('is told with the reason where it may not be done now', () => {
    expect(invoiceActs(as('tenant_admin'), { status: 'draft' }, { posting: undefined }).post.why).toContain('draft');
  });
});

describe('the next step of an invoice that waits', () => {
  it('is an act of whoever may, and to ask for others', () => {
    expect(nextStepFor(as('tenant_admin'), 'draft')).toContain('“Approve”');
    expect(nextStepFor(as('billing_viewer'), 'draft')).toContain('Ask an administrator');
  });

  it('is the same for all where it comes by itself', () => {
    expect(nextStepFor(as('billing_viewer'), 'in-doubt')).toBe(nextStepFor(as('tenant_admin'), 'in-doubt'));
  });
});
