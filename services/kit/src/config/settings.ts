import { z } from 'zod';
import { logLevels } from './parse-environment.ts';

/** One thing that App Configuration may say: where, and what it may be. */
export interface Setting<Value> {
  /** Its key there; of a flag, the name of the feature. */
  key: string;
  kind: 'value' | 'flag' | 'secret';
  schema: z.ZodType<Value, string>;
}

/** All that a program reads from there: what is not in its list it does not see. */
export type SettingList = Record<string, Setting<unknown>>;

export type SettingValues<List extends SettingList> = {
  [Name in keyof List]: List[Name] extends Setting<infer Value> ? Value : never;
};

export const setting = <Value>(key: string, schema: z.ZodType<Value, string>): Setting<Value> => ({
  key,
  kind: 'value',
  schema,
});

/** A feature that is on or off for everybody: filters would be told apart here by nobody, and are refused. */
export const flag = (feature: string): Setting<boolean> => ({ key: feature, kind: 'flag', schema: z.stringbool() });

/** A reference to a secret of the program's own vault; a secret that stands in the store itself is refused. */
export const secret = (key: string): Setting<string | undefined> => ({
  key,
  kind: 'secret',
  schema: z.string().min(1),
});

export const wholeNumber = (least: number, most: number) =>
  z
    .string()
    .regex(/^\d{1,9}$/, 'expected a whole number')
    .transform(Number)
    .pipe(z.number().min(least).max(most));

const share = z
  .string()
  .regex(/^\d(\.\d{1,6})?$/, 'expected a share such as 0.1')
  .transform(Number)
  .pipe(z.number().max(1));

/** What every program may be told while it runs. */
export const sharedSettings = (program: string) => ({
  logLevel: setting(`${program}/log-level`, z.enum(logLevels)),
  tracesSampleRatio: setting('shared/traces-sample-ratio', share),
});

/** Changed last by whoever changes settings: the others are read again when it is another, and not before. */
export const sentinelKey = 'shared/sentinel';

export const settingVariables = {
  /** Of App Configuration, such as https://x.azconfig.io. Without it all settings are those of the environment. */
  SETTINGS_URL: z.url({ protocol: /^https$/, error: 'expected an https:// URL' }).optional(),
} as const;
