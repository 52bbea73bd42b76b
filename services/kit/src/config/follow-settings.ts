import { reasonOf } from '../errors/reason-of.ts';
import { repeat } from '../jobs/repeat.ts';
import type { Log } from '../log/logger.ts';
import { sampled } from '../log/sampled.ts';
import { ConfigurationError } from './parse-environment.ts';
import { readSettings, type SecretReader } from './read-settings.ts';
import { countLook, expectLooks, readAt } from './setting-metrics.ts';
import type { SettingSource } from './setting-source.ts';
import type { SettingList, SettingValues } from './settings.ts';

export interface FollowedSettings<List extends SettingList> {
  /** As they are now. */
  current(): SettingValues<List>;
  /** Called at once, and after every change. */
  apply(use: (values: SettingValues<List>) => void): void;
  stop(): Promise<void>;
}

export interface FollowSettingsOptions<List extends SettingList> {
  list: List;
  /** What holds where the store says nothing. */
  given: SettingValues<List>;
  source: SettingSource;
  readSecret: SecretReader | undefined;
  log: Log;
  everyMs?: number;
}

const usualMs = 30_000;

/** The environment's alone: nothing is asked, and nothing changes. */
export const givenSettings = <List extends SettingList>(given: SettingValues<List>): FollowedSettings<List> => ({
  current: () => given,
  apply: (use) => use(given),
  stop: async () => undefined,
});

// A flag's prefix ends with a dot, any other with a slash.
const prefixesOf = (list: SettingList): string[] => [
  ...new Set(Object.values(list).map(({ key }) => key.split(/[/.]/, 1)[0] ?? '')),
];

/**
 * Reads all settings, and again whenever the sentinel is another. Throws when that fails at first; later the last values stay,
 * which the metrics and the log say.
 */
export const followSettings = async <List extends SettingList>(
  options: FollowSettingsOptions<List>,
): Promise<FollowedSettings<List>> => {
  const { list, source, log, everyMs = usualMs } = options;
  const prefixes = prefixesOf(list);
  const users: ((values: SettingValues<List>) => void)[] = [];
  const sample = sampled();
  let seen: string | undefined;

  const read = async (sentinel: string | undefined): Promise<SettingValues<List>> => {
    const { values, unread } = await readSettings(options, await source.all(prefixes));
    if (unread.length > 0) log.warn({ keys: unread }, 'settings that nobody reads: look for a slip in their keys');
    seen = sentinel;
    return values;
  };
  expectLooks();
  // The sentinel first: what is changed while the others are read is read again.
  let values = await read(await source.sentinel(undefined));
  readAt.setToCurrentTime();

  const look = async (): Promise<void> => {
    const sentinel = await source.sentinel(seen);
    if (sentinel === seen) return countLook('unchanged');
    const before = values;
    values = await read(sentinel);
    const changed = Object.entries(list).filter(([name]) => before[name] !== values[name]);
    log.info({ keys: changed.map(([, { key }]) => key) }, 'settings have changed');
    countLook('changed');
    for (const use of users) use(values);
  };
  const round = async (): Promise<void> => {
    try {
      await look();
      readAt.setToCurrentTime();
    } catch (error) {
      const outcome = error instanceof ConfigurationError ? 'refused' : 'failed';
      countLook(outcome);
      const line = sample(outcome);
      if (line) log.warn({ reason: reasonOf(error), ...line }, 'settings could not be read: the last ones stay in use');
    }
  };
  const looking = repeat(round, { everyMs, log, name: 'settings' });
  return {
    current: () => values,
    apply: (use) => {
      users.push(use);
      use(values);
    },
    stop: () => looking.stop(),
  };
};
