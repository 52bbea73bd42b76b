import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type RequestListener } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { listen } from '@legendops/kit/http/listen';
import { currentContext } from '@legendops/kit/log/request-context';
import { inNewTrace } from '@legendops/kit/log/trace-context';
import { afterEach, describe, expect, it } from 'vitest';
import { billingApi } from './billing-api.ts';

const ends: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0)) await end();
});

/** What a job asks, of a billing service that answers so. */
const asking = async (answer: RequestListener, isPatient = true) => {
  const server = await listen(createServer(answer), 0, '127.0.0.1');
  const folder = await mkdtemp(join(tmpdir(), 'billing-api-'));
  ends.push(
    () => server.close(0),
    () => rm(folder, { recursive: true }),
  );
  const tokenPath = join(folder, 'token');
  await writeFile(tokenPath, 'token');
  const waited: number[] = [];
  const api = billingApi(
    { BILLING_INTERNAL_URL: `http://127.0.0.1:${server.port}`, SERVICE_TOKEN_PATH: tokenPath },
    {
      wait: async (ms) => {
        waited.push(ms);
        return isPatient;
      },
    },
  );
  return { api, waited };
};

it('asks in the trace of the run, so that the service logs under it', async () => {
  const seen: (string | undefined)[] = [];
  const { api } = await asking((request, response) => {
    seen.push(request.headers.traceparent?.toString());
    response.end(JSON.stringify({ requested: 3 }));
  });
  const asked = await inNewTrace({ name: 'job' }, async () => ({
    requested: await api.postApproved(),
    ...currentContext(),
  }));
  expect(asked.requested).toBe(3);
  expect(seen).toEqual([asked.traceparent]);
});

describe('a billing service that is busy, starting, or without an answer of a vendor', () => {
  const refusing =
    (times: number, status: number, headers: Record<string, string> = {}): RequestListener =>
    (_request, response) => {
      times -= 1;
      if (times >= 0) response.writeHead(status, headers).end(JSON.stringify({ code: 'x', title: 'Not now' }));
      else response.end(JSON.stringify({ requested: 1 }));
    };

  it.each([429, 502, 503, 504])('is asked again, when it says (%i)', async (status) => {
    const { api, waited } = await asking(refusing(2, status, { 'retry-after': '5' }));
    expect(await api.postApproved()).toBe(1);
    expect(waited).toEqual([5_000, 5_000]);
  });

  it('is asked again a bounded number of times, and not where there is no time for it', async () => {
    const many = await asking(refusing(99, 503));
    await expect(many.api.postApproved()).rejects.toMatchObject({ kind: 'retryable', code: 'x' });
    expect(many.waited).toEqual([2_000, 4_000, 8_000, 16_000]);
    const short = await asking(refusing(1, 503), false);
    await expect(short.api.postApproved()).rejects.toMatchObject({ kind: 'retryable' });
    expect(short.waited).toHaveLength(1);
  });

  it('that refuses is asked once', async () => {
    const { api, waited } = await asking(refusing(99, 403));
    await expect(api.postApproved()).rejects.toMatchObject({ kind: 'needsPerson' });
    expect(waited).toEqual([]);
  });
});
