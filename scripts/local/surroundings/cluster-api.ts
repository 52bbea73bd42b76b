import { readFile } from 'node:fs/promises';
import type { JSONWebKeySet } from 'jose';
import { z } from 'zod';
import type { Settings } from './settings.ts';

const timeoutMs = 10_000;

const Issuer = z.object({ issuer: z.string() });
const Keys = z.object({ keys: z.array(z.record(z.string(), z.unknown())) });
const Release = z.object({ data: z.object({ environment: z.string() }) });

export interface ClusterApi {
  /** Of the cluster's service account tokens. */
  issuer(): Promise<string>;
  keys(): Promise<JSONWebKeySet>;
  /** Of the LegendOps that is installed there; undefined where none is. */
  installedEnvironment(): Promise<string | undefined>;
}

/** The little that stand-ins ask of the cluster that they run in, as their pod's service account. */
export const clusterApi = ({
  kubernetesUrl,
  kubernetesTokenPath,
}: Pick<Settings, 'kubernetesUrl' | 'kubernetesTokenPath'>): ClusterApi => {
  const get = async (path: string): Promise<unknown> => {
    const token = await readFile(kubernetesTokenPath, 'utf8');
    const response = await fetch(`${kubernetesUrl}${path}`, {
      headers: { authorization: `Bearer ${token}`, accept: 'application/json, application/jwk-set+json' },
      signal: AbortSignal.timeout(timeoutMs),
    });
    const text = await response.text();
    if (response.status === 404) return undefined;
    if (!response.ok) throw new Error(`The cluster answered ${response.status} to GET ${path}`);
    return JSON.parse(text);
  };
  return {
    issuer: async () => Issuer.parse(await get('/.well-known/openid-configuration')).issuer,
    keys: async () => Keys.parse(await get('/openid/v1/jwks')),
    installedEnvironment: async () => {
      const found = await get('/api/v1/namespaces/legendops/configmaps/legendops-release');
      return found === undefined ? undefined : Release.parse(found).data.environment;
    },
  };
};
