import { problem } from '@legendops/kit/errors/problem';
import { expect, it } from 'vitest';
import { rightsFrom } from './rights.ts';

const ada = '0190c000-0000-7000-8000-00000000000a';
const admin = { id: ada, name: 'Ada', email: 'ada@northwind.example', role: 'tenant_admin' as const };
const of = (staff: readonly (typeof admin)[]) => rightsFrom(async () => [...staff])('tenant');

it('whoever works there may what their role may, and nobody else', async () => {
  const may = await of([admin]);
  expect(may(ada, 'invoice.approve')).toBe(true);
  expect(may('0190c000-0000-7000-8000-00000000000b', 'invoice.approve')).toBe(false);
});

it('that nobody works there is no answer: an organisation always has an administrator', async () => {
  await expect(of([])).rejects.toMatchObject({ code: 'service.unavailable' });
});

it('that it cannot be asked is no “no”', async () => {
  const rightsOf = rightsFrom(() => Promise.reject(problem('service.unavailable')));
  await expect(rightsOf('tenant')).rejects.toMatchObject({ code: 'service.unavailable' });
});
