import { expect, it } from 'vitest';
import type { Exchange } from './exchange.ts';
import { readObjectBody } from './request-body.ts';

const sent = (bytes: string): Exchange =>
  ({ contentType: 'application/vnd.kubernetes.protobuf', bytes: async () => Buffer.from(bytes, 'latin1') }) as Exchange;

// An envelope of apiVersion and kind, and a message of one field, 1, that is empty.
const envelope = 'k8s\0\n\x06\n\x01v\x12\x01K\x12\x02\n\0';

it('reads a kind in protobuf whose fields have numbers', async () => {
  expect(await readObjectBody(sent(envelope), 'V1Lease')).toEqual({ apiVersion: 'v', kind: 'K', metadata: {} });
});

it.each(['V1Endpoints', undefined])('refuses protobuf of %s, whose fields it would drop', async (model) => {
  await expect(readObjectBody(sent(envelope), model)).rejects.toMatchObject({ code: 415 });
});
