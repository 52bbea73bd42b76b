import { HttpMethod, RequestContext, type KubeConfig } from '@kubernetes/client-node';
import { Agent, request, type Dispatcher } from 'undici';

const callSockets = 16;
// The library makes a pool of connections for every question, and a token lives for many minutes.
const askAgainMs = 10_000;

export interface Connection {
  /** Of the API server, with its port where the URL names one. */
  host: string;
  /** One call; the answer's headers are awaited for `deadlineMs` at most. */
  call(options: CallOptions): Promise<Dispatcher.ResponseData>;
  close(): Promise<void>;
}

export interface CallOptions {
  method: Dispatcher.HttpMethod;
  path: string;
  headers?: Record<string, string>;
  body?: string;
  /** Watches have sockets of their own, so that long streams never starve calls. */
  purpose: 'call' | 'watch';
  signal: AbortSignal;
}

/**
 * A cluster's API behind two shared pools. The client library would open a TLS connection for every request
 * (2,000 requests, 2,001 connections); it still does what it is good at, the authentication of a kubeconfig.
 */
export const connect = async (kubeConfig: KubeConfig): Promise<Connection> => {
  const cluster = kubeConfig.getCurrentCluster();
  if (!cluster) throw new Error('The kubeconfig names no current cluster');
  const tls: { ca?: unknown; cert?: unknown; key?: unknown; servername?: unknown; rejectUnauthorized?: unknown } = {};
  await kubeConfig.applyToHTTPSOptions(tls as Parameters<KubeConfig['applyToHTTPSOptions']>[0]);
  const { ca, cert, key, servername, rejectUnauthorized } = tls;
  const secure = Object.fromEntries(
    Object.entries({ ca, cert, key, servername, rejectUnauthorized }).filter(([, value]) => value !== undefined),
  );
  const calls = new Agent({ connections: callSockets, connect: { ...secure, timeout: 5_000 } });
  const watches = new Agent({ connect: { ...secure, timeout: 5_000 }, bodyTimeout: 0, headersTimeout: 30_000 });

  let known: { headers: Record<string, string>; askedAt: number } | undefined;
  const authentication = async (): Promise<Record<string, string>> => {
    if (known && performance.now() - known.askedAt < askAgainMs) return known.headers;
    const context = new RequestContext(cluster.server, HttpMethod.GET);
    await kubeConfig.applySecurityAuthentication(context);
    known = { headers: context.getHeaders(), askedAt: performance.now() };
    return known.headers;
  };
  return {
    host: new URL(cluster.server).host,
    call: async ({ method, path, headers, body, purpose, signal }) => {
      const response = await request(`${cluster.server}${path}`, {
        method,
        dispatcher: purpose === 'watch' ? watches : calls,
        headers: { accept: 'application/json', ...(await authentication()), ...headers },
        body: body ?? null,
        signal,
      });
      // The token may have been exchanged since: the next call asks for it.
      if (response.statusCode === 401) known = undefined;
      // Whoever reads it is told. An answer that nobody reads any more ends with its pool, and is no error of anybody's.
      response.body.on('error', () => undefined);
      return response;
    },
    close: async () => {
      await Promise.all([calls.destroy(), watches.destroy()]);
    },
  };
};
