import {
  AppConfigurationClient,
  featureFlagPrefix,
  isFeatureFlag,
  isSecretReference,
  parseFeatureFlag,
  parseSecretReference,
  type ConfigurationSetting,
} from '@azure/app-configuration';
import { WorkloadIdentityCredential } from '@azure/identity';
import type { SettingSource, StoredSetting } from './setting-source.ts';
import { sentinelKey } from './settings.ts';

const timeoutMs = 10_000;
// A store that throttles says when to come again, which may be hours: a look comes again by itself.
const usualRetries = { maxRetries: 3, retryDelayInMs: 500, maxRetryDelayInMs: 2_000 };

const statusOf = (error: unknown): unknown =>
  error instanceof Error && 'statusCode' in error ? error.statusCode : undefined;

/** What the SDK makes of a value; nothing where it cannot, since its error would quote what stands there, which may be a secret. */
const parsed = <T>(parse: () => T): T | undefined => {
  try {
    return parse();
  } catch {
    return undefined;
  }
};

/** Nobody evaluates filters here: a flag that has any is neither on nor off. */
const flagValue = (stored: ConfigurationSetting): string => {
  const found = parsed(() => parseFeatureFlag(stored).value);
  const filters = found?.conditions?.clientFilters ?? [];
  return found === undefined || filters.length > 0 ? 'neither on nor off' : found.enabled.toString();
};

const storedOf = (stored: ConfigurationSetting): StoredSetting => {
  const { key, value = '' } = stored;
  if (isFeatureFlag(stored))
    return { key: key.slice(featureFlagPrefix.length), kind: 'flag', value: flagValue(stored) };
  const address = isSecretReference(stored) ? parsed(() => parseSecretReference(stored).value.secretId) : undefined;
  // What is only called a reference is none.
  return address === undefined ? { key, kind: 'value', value } : { key, kind: 'secret', value: address };
};

/** App Configuration, read as this pod's workload identity. */
export const appConfiguration = ({
  url,
  isLocal,
  retryOptions = usualRetries,
}: {
  url: string;
  isLocal: boolean;
  retryOptions?: typeof usualRetries;
}): SettingSource => {
  const credential = new WorkloadIdentityCredential({ disableInstanceDiscovery: isLocal });
  const client = new AppConfigurationClient(url, credential, { retryOptions });
  const abortSignal = (): AbortSignal => AbortSignal.timeout(timeoutMs);
  return {
    sentinel: async (known) => {
      try {
        const found = await client.getConfigurationSetting(
          { key: sentinelKey, ...(known !== undefined && { etag: known }) },
          { onlyIfChanged: known !== undefined, abortSignal: abortSignal() },
        );
        return found.statusCode === 304 ? known : found.etag;
      } catch (error) {
        if (statusOf(error) === 404) return undefined;
        throw error;
      }
    },
    all: async (prefixes) => {
      const keyFilter = prefixes.flatMap((prefix) => [`${prefix}/*`, `${featureFlagPrefix}${prefix}.*`]);
      const found: StoredSetting[] = [];
      for (const filter of keyFilter)
        // '\0' is what Azure calls a setting without a label.
        for await (const one of client.listConfigurationSettings({
          keyFilter: filter,
          labelFilter: '\0',
          abortSignal: abortSignal(),
        }))
          found.push(storedOf(one));
      return found;
    },
  };
};
