import { expect, it } from 'vitest';
import { presentVerdict, refusedToRole, requireAllowed } from './policy.ts';

it('lets through whom the table of rights lets, and refuses others with the next step', () => {
  expect(refusedToRole({ role: 'tenant_admin' }, 'invoice.post')).toBeUndefined();
  const refusal = refusedToRole({ role: 'billing_viewer' }, 'invoice.post');
  expect(presentVerdict(refusal)).toEqual({ may: false, why: 'Ask an administrator of your organisation.' });
  expect(() => requireAllowed(refusal)).toThrow(expect.objectContaining({ code: 'permission.denied', status: 403 }));
});

it('says the same to the screen as to whoever tries it all the same', () => {
  const refusal = { code: 'invoice.wrong-state', detail: 'It is a draft' } as const;
  expect(presentVerdict(refusal).why).toBe('It is a draft');
  expect(() => requireAllowed(refusal)).toThrow(
    expect.objectContaining({ code: 'invoice.wrong-state', detail: 'It is a draft' }),
  );
  expect(presentVerdict(undefined)).toEqual({ may: true, why: null });
  expect(() => requireAllowed(undefined)).not.toThrow();
});
