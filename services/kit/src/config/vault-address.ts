import { ConfigurationError } from './parse-environment.ts';

/**
 * Name and version of a secret by its address; throws ConfigurationError for one of another vault, which this program has no
 * business with.
 */
export const secretAt = (address: string, vaultUrl: string): { name: string; version: string | undefined } => {
  const url = URL.parse(address);
  const [, kind, name, version, ...more] = url?.pathname.split('/') ?? [];
  if (url?.origin !== new URL(vaultUrl).origin || kind !== 'secrets' || !name || more.length > 0)
    throw new ConfigurationError(`refers to a secret that is not one of ${vaultUrl}`);
  return { name, version: version === '' ? undefined : version };
};
