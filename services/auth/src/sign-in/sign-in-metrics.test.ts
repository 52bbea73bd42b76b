import { describe, expect, it } from 'vitest';
import { signIns } from './sign-in-metrics.ts';

describe('sign-ins', () => {
  it('are counted from zero, those that end well and those that the budget is about', async () => {
    const { values } = await signIns.get();
    expect(values.map(({ labels: { outcome }, value }) => [outcome, value])).toEqual([
      ['completed', 0],
      ['sign-in.failed', 0],
      ['service.unavailable', 0],
    ]);
  });
});
