import { measured } from '@legendops/kit/jobs/measured';
import { inSpan } from '@legendops/kit/trace/in-span';
import { Histogram } from 'prom-client';
import type { Vendor } from '../contract.ts';
import type { CallFailure } from './call-failures.ts';
import { Pax8Error } from '../pax8/pax8-error.ts';
import { QuickBooksError } from '../quickbooks/quickbooks-error.ts';

const vendorSeconds = new Histogram({
  name: 'legendops_vendor_call_duration_seconds',
  help: 'Time of a call of a vendor from this process, by vendor and outcome: success, or why there was no usable answer',
  labelNames: ['vendor', 'outcome'] as const,
  buckets: [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60],
});

const errorOf = { pax8: Pax8Error, quickbooks: QuickBooksError } as const satisfies Record<Vendor, unknown>;

const outcomeOf = (vendor: Vendor, error: unknown): CallFailure =>
  error instanceof errorOf[vendor] ? error.kind : 'failed';

/** One call of a vendor; retries are calls of their own. */
export const vendorCall = <T>(vendor: Vendor, work: () => Promise<T>): Promise<T> =>
  inSpan({ name: vendor, kind: 'client' }, () => measuredCall(vendor, work));

const measuredCall = <T>(vendor: Vendor, work: () => Promise<T>): Promise<T> =>
  measured(
    {
      observe: (outcome, seconds) => vendorSeconds.observe({ vendor, outcome }, seconds),
      outcomeOf: (error) => outcomeOf(vendor, error),
    },
    work,
  );
