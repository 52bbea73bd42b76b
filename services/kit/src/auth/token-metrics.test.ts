import { register } from 'prom-client';
import { expect, it } from 'vitest';
import { problem } from '../errors/problem.ts';
import { counted } from './token-metrics.ts';

const outcomes = async () => {
  const metric = await register.getSingleMetric('legendops_token_verifications_total')?.get();
  return metric?.values.map(({ labels, value }) => [labels.kind, labels.outcome, value]);
};

it('what verifiers say is counted, and said on', async () => {
  const verify = counted('person', async (token: string) => {
    if (token === 'forged') throw problem('token.invalid');
    if (token === 'early') throw problem('service.unavailable');
    return token;
  });
  expect(await outcomes()).toEqual([
    ['person', 'accepted', 0],
    ['person', 'refused', 0],
    ['person', 'unknown', 0],
  ]);
  expect(await verify('good')).toBe('good');
  await expect(verify('forged')).rejects.toMatchObject({ code: 'token.invalid' });
  await expect(verify('early')).rejects.toMatchObject({ code: 'service.unavailable' });
  expect(await outcomes()).toEqual([
    ['person', 'accepted', 1],
    ['person', 'refused', 1],
    ['person', 'unknown', 1],
  ]);
});
