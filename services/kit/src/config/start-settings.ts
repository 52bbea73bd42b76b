import type { Log } from '../log/logger.ts';
import { reasonOf } from '../errors/reason-of.ts';
import { sampleTraces } from '../trace/tracer.ts';
import { followSettings, givenSettings, type FollowedSettings } from './follow-settings.ts';
import { ConfigurationError } from './parse-environment.ts';
import type { SecretReader } from './read-settings.ts';
import type { sharedSettings, SettingList, SettingValues } from './settings.ts';

type Shared = ReturnType<typeof sharedSettings>;

interface Where {
  SETTINGS_URL?: string | undefined;
  IDENTITY_IS_LOCAL: boolean;
}

const sourceAt = async ({ SETTINGS_URL: url, IDENTITY_IS_LOCAL: isLocal }: Where) => {
  if (url === undefined) return undefined;
  const { appConfiguration } = await import('./app-configuration.ts');
  return { url, source: appConfiguration({ url, isLocal }) };
};

/**
 * The settings of a program, followed where there is a store for them; log level and traces are seen to here. Throws
 * ConfigurationError in one line when the store cannot be read.
 */
export const startSettings = async <List extends SettingList & Shared>(
  where: Where,
  parts: { list: List; given: SettingValues<List>; readSecret?: SecretReader; log: Log },
): Promise<FollowedSettings<List>> => {
  const { list, given, readSecret, log } = parts;
  const at = await sourceAt(where);
  if (!at) return givenSettings(given);
  const settings = await followSettings({ list, given, source: at.source, readSecret, log }).catch((error: unknown) => {
    throw error instanceof ConfigurationError
      ? error
      : new ConfigurationError(
          `Settings cannot be read from ${at.url}: ${reasonOf(error).replaceAll(/\s+/g, ' ')}. Look whether it is reached from here, and whether this identity is an App Configuration Data Reader there`,
        );
  });
  settings.apply(({ logLevel, tracesSampleRatio }: SettingValues<Shared>) => {
    log.level = logLevel;
    sampleTraces(tracesSampleRatio);
  });
  return settings;
};
