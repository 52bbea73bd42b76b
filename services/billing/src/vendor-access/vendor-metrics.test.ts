import { register } from 'prom-client';
import { expect, it } from 'vitest';
import { Pax8Error } from '../pax8/pax8-error.ts';
import { QuickBooksError } from '../quickbooks/quickbooks-error.ts';
import { vendorCall } from './vendor-metrics.ts';

const counts = async () => {
  const metric = await register.getSingleMetric('legendops_vendor_call_duration_seconds')?.get();
  return metric?.values
    .filter((value) => 'metricName' in value && String(value.metricName).endsWith('_count'))
    .map(({ labels, value }) => [labels.vendor, labels.outcome, value]);
};

it('calls are counted by vendor and by why there was no usable answer', async () => {
  const failing = (error: Error) => async () => {
    throw error;
  };
  await vendorCall('pax8', async () => 'answer');
  await expect(vendorCall('pax8', failing(new Pax8Error('throttled', 'x')))).rejects.toThrow('x');
  await expect(vendorCall('quickbooks', failing(new QuickBooksError('in-doubt', '', 'y')))).rejects.toThrow('y');
  await expect(vendorCall('quickbooks', failing(new Error('z')))).rejects.toThrow('z');
  expect(await counts()).toEqual([
    ['pax8', 'success', 1],
    ['pax8', 'throttled', 1],
    ['quickbooks', 'in-doubt', 1],
    ['quickbooks', 'failed', 1],
  ]);
});
