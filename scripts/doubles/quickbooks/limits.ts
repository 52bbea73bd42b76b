import type { RequestHandler } from 'express';
import { throttled } from './quickbooks-fault.ts';
import type { Quirks } from './quirks.ts';

type Deps = { quirks: () => Quirks; now: () => Date };
type Windows = { requests: number[]; batches: number[]; inFlight: number };

const minute = 60_000;

/**
 * Per company: 500 requests and 40 batches in any minute, 10 started in any second, 10 at once. A refused request
 * counts for nothing. Windows live in memory: a restart forgives, as a minute does.
 */
export function limitRequests({ quirks, now }: Deps): RequestHandler {
  const companies = new Map<string, Windows>();
  return (req, res, next) => {
    const realmId = String(res.locals.realmId);
    const windows = companies.get(realmId) ?? { requests: [], batches: [], inFlight: 0 };
    companies.set(realmId, windows);
    const at = now().getTime();
    windows.requests = windows.requests.filter((started) => started > at - minute);
    windows.batches = windows.batches.filter((started) => started > at - minute);
    const lastSecond = windows.requests.filter((started) => started > at - 1000).length;
    const batch = req.path.endsWith('/batch');
    const limits = quirks();
    if (windows.inFlight >= limits.requestsInFlight) throw throttled('too many concurrent requests');
    if (lastSecond >= limits.requestsPerSecond) throw throttled('too many requests per second');
    if (windows.requests.length >= limits.requestsPerMinute) throw throttled('too many requests per minute');
    if (batch && windows.batches.length >= limits.batchesPerMinute) throw throttled('too many batches per minute');
    windows.requests.push(at);
    if (batch) windows.batches.push(at);
    windows.inFlight += 1;
    res.once('close', () => {
      windows.inFlight -= 1;
    });
    setTimeout(next, limits.latencyMs);
  };
}

/** Calls by month, for all companies of the application together. */
export type Metering = { month: string; core: number; corePlus: number };

type MeterDeps = Deps & { metering: () => Metering; changed: () => void };

/** Creates and changes are free of charge; reads, queries and change data are counted, and stop at the limit. */
export function meterCall({ metering, changed, quirks, now }: MeterDeps) {
  return (kind: 'core' | 'corePlus'): void => {
    const meter = metering();
    const month = now().toISOString().slice(0, 7);
    if (meter.month !== month) Object.assign(meter, { month, core: 0, corePlus: 0 });
    if (kind === 'corePlus' && meter.corePlus >= quirks().corePlusPerMonth) {
      throw throttled('the application has used up its CorePlus calls of this month and is offline');
    }
    meter[kind] += 1;
    changed();
  };
}
