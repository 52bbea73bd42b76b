import { ConfigurationError } from './parse-environment.ts';
import type { StoredSetting } from './setting-source.ts';
import { sentinelKey, type Setting, type SettingList, type SettingValues } from './settings.ts';

/** The value of a secret of the program's own vault, by its address; a ConfigurationError says what is wrong with that, and never it. */
export type SecretReader = (address: string) => Promise<string>;

interface Reading {
  value?: unknown;
  /** Why it cannot be used; never what it says. */
  problem?: string;
}

const kinds = { value: 'a plain setting', flag: 'a feature flag', secret: 'a Key Vault reference' } as const;

/** A reference that can never be followed as it stands is refused; a vault that does not answer is another thing. */
const secretOf = async (address: string, readSecret: SecretReader): Promise<Reading & { text?: string }> => {
  try {
    return { text: await readSecret(address) };
  } catch (error) {
    if (error instanceof ConfigurationError) return { problem: error.message };
    if (error instanceof Error && 'statusCode' in error && error.statusCode === 404)
      return { problem: 'refers to a secret that its vault has not' };
    throw error;
  }
};

const readOne = async (
  { kind, schema }: Setting<unknown>,
  stored: StoredSetting,
  readSecret: SecretReader | undefined,
): Promise<Reading> => {
  if (stored.kind !== kind) return { problem: `is ${kinds[stored.kind]}, expected ${kinds[kind]}` };
  if (kind === 'secret' && !readSecret) return { problem: 'is a Key Vault reference, and this program has no vault' };
  const { text, problem } =
    kind === 'secret' && readSecret ? await secretOf(stored.value, readSecret) : { text: stored.value };
  if (problem !== undefined) return { problem };
  const parsed = schema.safeParse(text);
  // A message of ours says what was expected; zod's own would quote what was found.
  return parsed.success ? { value: parsed.data } : { problem: 'has a value that cannot be used' };
};

/**
 * What the store says of each setting of a list, with what was given for those of which it says nothing. All or nothing:
 * throws ConfigurationError that names every key that cannot be used, and prints no value.
 */
export const readSettings = async <List extends SettingList>(
  { list, given, readSecret }: { list: List; given: SettingValues<List>; readSecret: SecretReader | undefined },
  stored: readonly StoredSetting[],
): Promise<{ values: SettingValues<List>; unread: string[] }> => {
  const values: Record<string, unknown> = { ...given };
  const problems: string[] = [];
  for (const [name, one] of Object.entries(list)) {
    const found = stored.find(({ key }) => key === one.key);
    if (!found) continue;
    const { value, problem } = await readOne(one, found, readSecret);
    if (problem === undefined) values[name] = value;
    else problems.push(`${one.key} ${problem}`);
  }
  if (problems.length > 0) throw new ConfigurationError(`Settings are not usable: ${problems.join('; ')}`);
  const known = new Set([sentinelKey, ...Object.values(list).map(({ key }) => key)]);
  return {
    values: values as SettingValues<List>,
    unread: stored.map(({ key }) => key).filter((key) => !known.has(key)),
  };
};
