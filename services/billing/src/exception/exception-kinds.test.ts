import type { Actor } from '@legendops/kit/auth/actor';
import type { Role } from '@legendops/kit/contract/permissions';
import { describe, expect, it } from 'vitest';
import { JobName } from '../contract.ts';
import { codesOpenedBy, exceptionKinds, unbilledCodes } from './exception-kinds.ts';
import type { ExceptionRow } from './exception-row.ts';
import { wayOutFor } from './policy.ts';

it('each kind is opened by one job or a part of it, which resolves it, by postings or by a person', () => {
  const opened = [...JobName.options, ...(['posting', 'evidence', 'variance', 'person'] as const)].flatMap(
    codesOpenedBy,
  );
  expect(opened.toSorted()).toEqual(Object.keys(exceptionKinds).toSorted());
  expect(codesOpenedBy('reconcile')).toContain('posted.missing');
  expect(codesOpenedBy('invoice-run')).not.toContain('posted.missing');
});

it('what is billed all the same is no money that a month has left out', () => {
  expect(unbilledCodes).toContain('return.undecided');
  expect(unbilledCodes).not.toContain('return.kept');
});

describe('the way out of an exception', () => {
  const id = '0190f000-0000-7000-8000-00000000000a';
  const wayOut = (role: Role, code: string, customer: string | null = id, invoice: string | null = null) => {
    const actor: Actor = { memberId: id, sessionId: id, tenantId: id, role, name: 'Ada', email: '' };
    return wayOutFor(actor, { code, customer_id: customer, invoice_id: invoice } as ExceptionRow);
  };

  it.each([
    ['price.missing', 'prices'],
    ['price.below-cost', 'prices'],
    ['cost.missing', 'prices'],
    ['customer.archived', 'customer'],
    ['of.another-version', 'customer'],
  ])('%s is %s', (code, expected) => {
    expect(wayOut('tenant_admin', code)).toBe(expected);
  });

  it('is the invoice where there is one, and else its customer', () => {
    expect(wayOut('billing_viewer', 'invoice.left', id, id)).toBe('invoice');
    expect(wayOut('tenant_admin', 'invoice.left')).toBe('customer');
    expect(wayOut('tenant_admin', 'posted.unknown', null)).toBeNull();
  });

  it('is where nobody is asked for a right that they lack: the customer, where there is one', () => {
    expect(wayOut('billing_viewer', 'price.missing')).toBe('customer');
    expect(wayOut('billing_viewer', 'customer.unmatched', null)).toBeNull();
    expect(wayOut('tenant_admin', 'customer.unmatched', null)).toBe('import');
    expect(wayOut('tenant_admin', 'term.unknown', null)).toBeNull();
  });
});
