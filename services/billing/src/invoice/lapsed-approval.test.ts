import { problem } from '@legendops/kit/errors/problem';
import { describe, expect, it } from 'vitest';
import { rightsFrom } from '../member/rights.ts';
import { lapseOf } from './lapsed-approval.ts';

const ada = { memberId: 'ada', by: 'Ada' };
const grace = { memberId: 'grace', by: 'Grace' };
const linus = { memberId: 'linus', by: 'Linus' };

describe('an approval', () => {
  it.each([
    ['of whoever may approve counts', [ada], null, [], undefined],
    ['of whoever may no more does not', [ada], null, ['ada'], ['ada']],
    ['of one more than is asked for may be lost', [ada, grace], null, ['ada'], undefined],
    ['of one of two may not', [ada, grace], 100n, ['grace'], ['grace']],
    ['of both of two is told of both', [ada, grace], 100n, ['ada', 'grace'], ['ada', 'grace']],
    ['of two of three does', [ada, grace, linus], 100n, ['linus'], undefined],
    ['of one does not do above a limit that came later, and stays', [ada], 100n, [], []],
    ['is none where nobody has given one', [], null, [], []],
  ])('%s', (_title, given, limit, lost, memberIds) => {
    const lapse = lapseOf(
      { currency: 'USD', total_minor: -101n },
      { given, limit, mayApprove: (id) => !lost.includes(id) },
    );
    expect(lapse?.memberIds).toEqual(memberIds);
    if (lapse) expect(lapse.detail).toContain('press “Approve”');
  });

  it('that is lost names whose it was, and one that is not enough the limit', () => {
    const told = (limit: bigint | null, mayApprove: boolean) =>
      lapseOf({ currency: 'USD', total_minor: 101n }, { given: [ada], limit, mayApprove: () => mayApprove })?.detail;
    expect(told(null, false)).toContain('Ada approved it, and may approve invoices no more');
    expect(told(100n, true)).toContain('above 1.00 USD');
  });
});

describe('what a member may do', () => {
  const staff = [
    { id: 'ada', name: 'Ada', email: '', role: 'tenant_admin' as const },
    { id: 'grace', name: 'Grace', email: '', role: 'billing_viewer' as const },
  ];

  it('is by the role that they have now; who has left may do nothing', async () => {
    const may = await rightsFrom(async () => staff)('tenant');
    expect(['ada', 'grace', 'linus'].map((id) => may(id, 'invoice.approve'))).toEqual([true, false, false]);
  });

  it('is not known where nobody can be asked, and is then no “no”', async () => {
    const asked = rightsFrom(async () => Promise.reject(problem('service.unavailable')))('tenant');
    await expect(asked).rejects.toMatchObject({
      code: 'service.unavailable',
      message: expect.stringContaining('again'),
    });
  });
});
