/** Why SuperOps gave no usable answer. */
export type SuperOpsErrorKind =
  | 'token'
  | 'subdomain'
  | 'forbidden'
  | 'trial-ended'
  | 'subscription-paused'
  | 'subscription-cancelled'
  | 'throttled'
  | 'unavailable'
  /** A write that may have happened. */
  | 'in-doubt'
  /** A create that was answered with nothing: it has failed. */
  | 'nothing-made'
  /** A value that SuperOps does not take: `attributes` names it. */
  | 'invalid'
  | 'not-found'
  | 'unexpected';

/** The vendor's codes, all that it documents. */
const kinds: Readonly<Record<string, SuperOpsErrorKind>> = {
  forbidden: 'forbidden',
  rate_limit_exceeded: 'throttled',
  subscription_trial_expired: 'trial-ended',
  subscription_paused: 'subscription-paused',
  subscription_cancelled: 'subscription-cancelled',
  type_validation_failed: 'invalid',
  mandatory_validation_failed: 'invalid',
  value_length_exceeds_limit: 'invalid',
  referred_value_does_not_exist: 'invalid',
  value_pattern_validation_failed: 'invalid',
  dependent_validation_failed: 'invalid',
  unique_validation_failed: 'invalid',
  entity_does_not_exist: 'not-found',
};

export const kindOfCode = (code: string): SuperOpsErrorKind =>
  (Object.hasOwn(kinds, code) ? kinds[code] : undefined) ?? 'unexpected';

/** One thing that was refused; `index` is its place in a list that was sent, whose others may have been taken. */
export interface Refused {
  code: string;
  attributes: readonly string[];
  index: number | null;
}

/** The message names what was asked and the vendor's code: an answer may hold customers' data, a request the token. */
export class SuperOpsError extends Error {
  override readonly name = 'SuperOpsError';
  readonly kind: SuperOpsErrorKind;
  readonly refused: readonly Refused[];
  /** For how long SuperOps asks not to be asked; undefined where it does not say. */
  readonly retryAfterMs: number | undefined;

  constructor(
    kind: SuperOpsErrorKind,
    message: string,
    { refused = [], retryAfterMs }: { refused?: readonly Refused[]; retryAfterMs?: number | undefined } = {},
  ) {
    super(message);
    this.kind = kind;
    this.refused = refused;
    this.retryAfterMs = retryAfterMs;
  }
}
