import { GraphQLError } from 'graphql';

export const clientErrorCodes = [
  'forbidden',
  'rate_limit_exceeded',
  'subscription_trial_expired',
  'subscription_paused',
  'subscription_cancelled',
  'type_validation_failed',
  'mandatory_validation_failed',
  'value_length_exceeds_limit',
  'referred_value_does_not_exist',
  'value_pattern_validation_failed',
  'dependent_validation_failed',
  'unique_validation_failed',
  'entity_does_not_exist',
] as const;

export type ClientErrorCode = (typeof clientErrorCodes)[number];
export type ClientError = { code: ClientErrorCode; param: { attributes: string[]; index?: number } };

/** A refusal as the vendor words it: HTTP 200, the code in `extensions.clientError`, mostly without a message. */
export class SuperOpsError extends GraphQLError {
  readonly clientErrors: readonly ClientError[];

  constructor(clientErrors: readonly ClientError[]) {
    super('', { extensions: { clientError: clientErrors } });
    this.clientErrors = clientErrors;
  }
}

export const refusal = (code: ClientErrorCode, ...attributes: string[]): SuperOpsError =>
  new SuperOpsError([{ code, param: { attributes } }]);

/** What is told by HTTP: a token or a subdomain that is not known. */
export class AccessError extends Error {
  readonly status: 400 | 401;

  constructor(status: 400 | 401, message: string) {
    super(message);
    this.status = status;
  }
}
