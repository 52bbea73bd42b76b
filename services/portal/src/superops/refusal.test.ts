import { describe, expect, it } from 'vitest';
import { refusalOf } from './refusal.ts';

const clientError = [{ code: 'referred_value_does_not_exist', param: { attributes: ['status'], index: '1' } }];
const refused = [{ code: 'referred_value_does_not_exist', attributes: ['status'], index: 1 }];

describe('a refusal under HTTP 200', () => {
  it.each([
    [
      'in an error without a message',
      { data: { createTicket: null }, errors: [{ message: null, extensions: { clientError } }] },
    ],
    ['under a top-level extensions', { data: null, errors: [{ message: 'x' }], extensions: { clientError } }],
    ['without errors', { extensions: { clientError } }],
  ])('is found %s', (_where, body) => {
    expect(refusalOf(body, 'createTicket').refusal).toMatchObject({ kind: 'invalid', refused });
  });

  it('of one of several leaves what was taken of the others', () => {
    const body = { data: { create: [{ id: '1' }, null] }, errors: [{ extensions: { clientError } }] };
    expect(refusalOf(body, 'create')).toMatchObject({
      data: [{ id: '1' }, null],
      refusal: { refused: [{ index: 1 }] },
    });
  });

  it.each([
    ['forbidden', 'forbidden'],
    ['rate_limit_exceeded', 'throttled'],
    ['subscription_trial_expired', 'trial-ended'],
    ['subscription_paused', 'subscription-paused'],
    ['subscription_cancelled', 'subscription-cancelled'],
    ['type_validation_failed', 'invalid'],
    ['mandatory_validation_failed', 'invalid'],
    ['value_length_exceeds_limit', 'invalid'],
    ['value_pattern_validation_failed', 'invalid'],
    ['dependent_validation_failed', 'invalid'],
    ['unique_validation_failed', 'invalid'],
    ['entity_does_not_exist', 'not-found'],
    ['a_code_of_next_year', 'unexpected'],
    ['constructor', 'unexpected'],
  ])('%s is %s', (code, kind) => {
    expect(refusalOf({ errors: [{ extensions: { clientError: [{ code }] } }] }, 'x').refusal?.kind).toBe(kind);
  });

  it('without a code is one all the same, and says nothing of the vendor’s words', () => {
    const { refusal } = refusalOf({ errors: [{ message: 'Ada of Fabrikam is not there' }] }, 'getClient');
    expect([refusal?.kind, refusal?.message]).toEqual(['unexpected', 'SuperOps refused getClient without a code']);
  });

  it.each([[[]], ['text'], [null], [{ data: 'x' }]])('an answer of %j is none', (body) => {
    expect(() => refusalOf(body, 'x')).toThrow(/unknown form/);
  });
});
