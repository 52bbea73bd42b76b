import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { KubeConfig } from '@kubernetes/client-node';
import { connect } from '@legendops/operator-runtime/client/connection';
import type { JSONWebKeySet } from 'jose';
import { z } from 'zod';
import { clientFromFile, type Cluster } from '../loopback/cluster.ts';
import type { IssueToken } from './service-tokens.ts';

export interface RunningCluster extends Cluster {
  jwks: () => JSONWebKeySet;
  issueToken: IssueToken;
  close(): Promise<void>;
}

const Keys = z.object({ keys: z.array(z.record(z.string(), z.unknown())) });
const timeoutMs = 15_000;

/** A cluster that is there already: its tokens come from TokenRequest, its keys are served on without its sign-in. */
export const externalCluster = async (kubeconfigPath: string): Promise<RunningCluster> => {
  const kubeConfig = new KubeConfig();
  kubeConfig.loadFromFile(kubeconfigPath);
  const connection = await connect(kubeConfig);
  const call = async (method: 'GET' | 'POST', path: string, body?: unknown): Promise<unknown> => {
    const response = await connection.call({
      method,
      path,
      headers: {
        // The keys come as application/jwk-set+json and as nothing else.
        accept: 'application/json, application/jwk-set+json',
        ...(body !== undefined && { 'content-type': 'application/json' }),
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
      purpose: 'call',
      signal: AbortSignal.timeout(timeoutMs),
    });
    const text = await response.body.text();
    if (response.statusCode >= 300) throw new Error(`The cluster answered ${response.statusCode} to ${path}: ${text}`);
    return JSON.parse(text);
  };
  const { issuer } = z.object({ issuer: z.string() }).parse(await call('GET', '/.well-known/openid-configuration'));
  const keys = Keys.parse(await call('GET', '/openid/v1/jwks'));
  const server = createServer((_request, response) =>
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(keys)),
  );
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    kubeconfigPath,
    issuer,
    keysUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}/keys`,
    client: await clientFromFile(kubeconfigPath),
    jwks: () => keys,
    issueToken: async ({ namespace, serviceAccount, audience, expirationSeconds }) => {
      const answer = await call('POST', `/api/v1/namespaces/${namespace}/serviceaccounts/${serviceAccount}/token`, {
        apiVersion: 'authentication.k8s.io/v1',
        kind: 'TokenRequest',
        spec: { audiences: [audience], expirationSeconds },
      });
      return z.object({ status: z.object({ token: z.string() }) }).parse(answer).status.token;
    },
    close: async () => {
      await new Promise<void>((resolve) => server.close(() => resolve()));
      await connection.close();
    },
  };
};
