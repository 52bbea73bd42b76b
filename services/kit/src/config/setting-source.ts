import type { Setting } from './settings.ts';

export interface StoredSetting {
  key: string;
  kind: Setting<unknown>['kind'];
  /** Of a secret, its address in a vault. */
  value: string;
}

/** Where settings are kept. */
export interface SettingSource {
  /** Which version of the sentinel is there, undefined when none is; may answer with the known one at less cost. */
  sentinel(known: string | undefined): Promise<string | undefined>;
  /** All whose keys begin with one of these words. */
  all(prefixes: readonly string[]): Promise<StoredSetting[]>;
}
