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
type Acting = Parameters<typeof invoiceActs>;
const actsOf = (role: Role, invoice: Partial<Acting[1]>, parts: Partial<Acting[2]> = {}) =>
  invoiceActs(
    as(role),
    { status: 'draft', decision: null, total_minor: 100n, ...invoice },
    { posting: undefined, approvals: [], limit: null, ...parts },
  );
const mayOf = (acts: ReturnType<typeof invoiceActs>): string[] =>
  Object.entries(acts).flatMap(([act, { may }]) => (may ? [act] : []));
const mayNow = (role: Role, status: (typeof InvoiceStatus.options)[number], last?: PostingRow): string[] =>
  mayOf(actsOf(role, { status }, { posting: last }));
const decided = (kind: 'held' | 'left' | 'anew') => ({
  decision: { kind, reason: 'Asked', until: null, by: 'Ada', at: '2026-02-06T00:00:00Z' },
});

describe('what may be done to an invoice', () => {
  it.each([
    ['draft', undefined, ['approve', 'edit', 'hold', 'reject']],
    ['approved', undefined, ['post', 'takeBack']],
    ['settled', undefined, ['takeBack']],
    ['rejected', undefined, ['takeBack']],
    ['posting', posting('posting'), []],
    ['in-doubt', posting('in-doubt'), []],
    ['posted', posting('posted'), []],
    ['failed', posting('failed'), ['post']],
    ['failed', posting('in-doubt'), []],
    ['in-doubt', posting('in-doubt', { is_askable: false }), ['settle']],
    ['posting', posting('posting', { is_askable: false }), ['settle']],
    ['posting', posting('posting', { is_askable: false, may_be_there: false }), ['takeBack']],
    ['failed', posting('failed', { code: 'invoice-unmarked' }), ['post', 'settle']],
    ['failed', posting('failed', { is_askable: false, may_be_there: false }), ['post', 'takeBack']],
    ['posted', posting('posted', { is_askable: false }), []],
    ['failed', posting('failed', { code: 'approval-lapsed' }), ['approve']],
    ['failed', posting('failed', { code: 'approval-lapsed', may_be_there: false }), ['approve', 'takeBack']],
  ] as const)('by an administrator, %s', (status, last, acts) => {
    expect(mayNow('tenant_admin', status, last)).toEqual(acts);
  });

  it('is to post once it is approved anew where it stands', () => {
    const approvals = [{ memberId: id, by: 'Ada', at: '2026-02-06T00:00:00Z' }];
    const last = posting('failed', { code: 'approval-lapsed' });
    const ofOne = { posting: last, approvals };
    expect(mayOf(actsOf('tenant_admin', { status: 'failed' }, ofOne))).toEqual(['post']);
    expect(mayOf(actsOf('tenant_admin', { status: 'failed' }, { ...ofOne, limit: 1n }))).toEqual([]);
  });

  it('is not to approve a draft that is held or to be drafted anew', () => {
    expect(mayOf(actsOf('tenant_admin', decided('held')))).toEqual(['edit', 'hold', 'release', 'reject']);
    expect(mayOf(actsOf('tenant_admin', decided('anew')))).toEqual(['edit']);
  });

  it.each([
    [101n, 100n, false],
    [-101n, 100n, false],
    [100n, 100n, true],
    [101n, null, true],
  ])('of %s with a limit of %s is approved a second time by the same person: %s', (total, limit, may) => {
    const approvals = [{ memberId: id, by: 'Ada', at: '2026-02-06T00:00:00Z' }];
    expect(actsOf('tenant_admin', { total_minor: total }, { approvals, limit }).approve.may).toBe(may);
  });

  it('is nothing for everybody else, who are told whom to ask', () => {
    for (const role of roles.filter((one) => one !== 'tenant_admin'))
      for (const status of InvoiceStatus.options) {
        const acts = actsOf(role, { status });
        expect(Object.values(acts).map(({ may, why }) => [may, why])).toEqual(
          Array.from({ length: 8 }, () => [false, expect.stringContaining('Ask an administrator')]),
        );
      }
  });

  it('is told with the reason where it may not be done now', () => {
    expect(actsOf('tenant_admin', { status: 'draft' }).post.why).toContain('draft');
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
