import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { listen } from '@legendops/kit/http/listen';
import { currentContext } from '@legendops/kit/log/request-context';
import { inNewTrace } from '@legendops/kit/log/trace-context';
import { expect, it } from 'vitest';
import { billingApi } from './billing-api.ts';

it('asks in the trace of the run, so that the service logs under it', async () => {
  const seen: (string | undefined)[] = [];
  const server = await listen(
    createServer((request, response) => {
      seen.push(request.headers.traceparent?.toString());
      response.end(JSON.stringify({ requested: 3 }));
    }),
    0,
    '127.0.0.1',
  );
  const folder = await mkdtemp(join(tmpdir(), 'billing-api-'));
  const tokenPath = join(folder, 'token');
  await writeFile(tokenPath, 'token');
  const api = billingApi({
    BILLING_INTERNAL_URL: `http://127.0.0.1:${server.port}`,
    SERVICE_TOKEN_PATH: tokenPath,
  });
  const asked = await inNewTrace(async () => ({ requested: await api.postApproved(), ...currentContext() }));
  await server.close(0);
  await rm(folder, { recursive: true });
  expect(asked.requested).toBe(3);
  expect(seen).toEqual([asked.traceparent]);
});
