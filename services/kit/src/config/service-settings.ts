import type { Log } from '../log/logger.ts';
import type { FollowedSettings } from './follow-settings.ts';
import type { SecretReader } from './read-settings.ts';
import type { ServiceEnvironment } from './service-environment.ts';
import { sharedSettings, type SettingList, type SettingValues } from './settings.ts';
import { startSettings } from './start-settings.ts';

/** What a service is told besides what every one is. */
export interface OwnSettings<List extends SettingList> {
  list: List;
  /** What holds where nothing is said. */
  given: SettingValues<List>;
  readSecret?: SecretReader;
}

/** The settings of a service: those of its own, and those that every one has. */
export const serviceSettings = async <List extends SettingList>(
  service: string,
  config: ServiceEnvironment,
  { log, more }: { log: Log; more: OwnSettings<List> | undefined },
): Promise<FollowedSettings<List>> => {
  const shared = sharedSettings(service);
  const given = { logLevel: config.LOG_LEVEL, tracesSampleRatio: config.TRACES_SAMPLE_RATIO };
  const settings = await startSettings(config, {
    list: { ...shared, ...more?.list },
    given: { ...given, ...more?.given },
    ...(more?.readSecret && { readSecret: more.readSecret }),
    log,
  });
  return settings as unknown as FollowedSettings<List>;
};
