import { createPublicKey, generateKeyPairSync } from 'node:crypto';

/** The Secret legendops-keys, as far as this is about: the key that signs, and another that is published beside it. */
export interface Keys {
  signing: string;
  other: string | undefined;
  /** What this script wrote down when it was at it last. */
  phase: 'published' | 'exchanged' | undefined;
  at: Date | undefined;
}

/** A pod of auth: since when it runs, and whether it answers. */
export interface Pod {
  name: string;
  startedAt: Date | undefined;
  isReady: boolean;
}

export type RotationStep =
  | { kind: 'publish' | 'exchange' | 'remove'; what: string; goOn: string }
  /** It cannot go on yet, or not at all. */
  | { kind: 'wait'; what: string };

/** How long a token is good for that the old key has signed, with what clocks differ by. */
const tokenMs = 5 * 60_000 + 30_000;

const restart =
  'raise configurationRevision and helm upgrade, which replaces the pods in order; then run the same again';

const olderThan = (pods: readonly Pod[], at: Date): Pod[] =>
  pods.filter(({ startedAt, isReady }) => !isReady || startedAt === undefined || startedAt <= at);

/**
 * The one step that is next: the new key is published by every pod before it signs, and the old one until nothing that it
 * signed is good any more.
 */
export const nextStep = (keys: Keys, pods: readonly Pod[], now: Date): RotationStep => {
  const { other, phase, at } = keys;
  if (other === undefined)
    return { kind: 'publish', what: 'make a new key and publish it beside the one that signs', goOn: restart };
  if (phase === undefined || at === undefined)
    return {
      kind: 'wait',
      what: 'there is an other-key.pem that no run of this made: end by hand what was begun by hand',
    };
  const old = olderThan(pods, at);
  if (pods.length === 0) return { kind: 'wait', what: 'auth has no pod: nobody would show the keys' };
  if (old.length > 0)
    return {
      kind: 'wait',
      what: `${old.map(({ name }) => name).join(', ')} ${old.length === 1 ? 'has' : 'have'} not read the keys of ${at.toISOString()} yet: ${restart}`,
    };
  if (phase === 'published')
    return { kind: 'exchange', what: 'let the new key sign; the old one stays published', goOn: restart };
  const since = new Date(Math.max(...pods.map(({ startedAt }) => startedAt?.getTime() ?? 0)));
  const until = new Date(since.getTime() + tokenMs);
  if (now < until)
    return {
      kind: 'wait',
      what: `tokens of the old key are good until ${until.toISOString()}: run the same again then`,
    };
  return { kind: 'remove', what: 'remove the old key for good', goOn: `${restart} for the last time` };
};

export const newKey = (): string =>
  generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();

/** The keys after a step. */
export const keysAfter = ({ kind }: RotationStep, keys: Keys, { key, now }: { key: string; now: Date }): Keys => {
  if (kind === 'publish') return { ...keys, other: key, phase: 'published', at: now };
  if (kind === 'exchange' && keys.other !== undefined)
    return { signing: keys.other, other: keys.signing, phase: 'exchanged', at: now };
  return { signing: keys.signing, other: undefined, phase: undefined, at: undefined };
};

/** Whether a text is a private key that auth can sign with. */
export const isSigningKey = (pem: string): boolean => {
  try {
    return createPublicKey(pem).asymmetricKeyDetails?.namedCurve === 'prime256v1';
  } catch {
    return false;
  }
};
