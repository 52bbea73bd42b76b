import { expect, test } from 'vitest';
import { say, sayOfAll, type Outcome } from '../outcome.ts';
import { phases } from '../phases/all-phases.ts';
import { disagreementText, refusalText } from '../phases/registration-refusal.ts';
import { LoginInUse, LoginNotOurs, SessionsRemain } from '../postgres/login-refusal.ts';
import { aTenant } from '../testing/a-tenant.ts';
import { SecretDisabled } from '../vault/tenant-vault.ts';
import type { ReasonEntry } from './condition-entry.ts';
import { aspects, conditions } from './conditions.ts';
import { reasonsOfReady } from './ready.ts';
import { reasonsOfAll } from './reasons-of-all.ts';

const all: [name: string, entry: ReasonEntry][] = [
  ...Object.entries(reasonsOfReady),
  ...Object.entries(reasonsOfAll),
  ...aspects.flatMap((type) => Object.entries<ReasonEntry>(conditions[type].reasons)),
];

test('each condition is spoken of by one phase', () => {
  const spoken = phases.flatMap(({ conditions: of }) => [...of]);
  expect([...spoken].sort()).toEqual([...aspects].sort());
  expect(new Set(spoken).size).toBe(spoken.length);
});

test.each(all)(
  '%s says what it means, and what to do unless all is well',
  (_name, { status, meaning, remedy, needs }) => {
    expect(meaning).toMatch(/\.$/);
    if (status !== 'True') expect(remedy).toMatch(/^.+\.$/);
    if (needs !== undefined) expect(status).toBe('False');
  },
);

test('no condition has a reason of its own that all of them have', () => {
  const own = new Set(aspects.flatMap((type) => Object.keys(conditions[type].reasons)));
  expect(Object.keys(reasonsOfAll).filter((reason) => own.has(reason))).toEqual([]);
});

const holder = { id: 'x', name: 'other', currency: 'EUR' };
const login = 't_x_a';

/** Every reason that needs somebody, in the words in which it is said. */
const needing: Outcome[] = [
  refusalText(aTenant(), 'retained', holder),
  refusalText(aTenant(), 'unknown', holder),
  refusalText(aTenant(), 'currency', holder),
  disagreementText('auth_db', { id: 'y', name: 'northwind' }, holder),
  say('Registered', 'DirectoryTaken'),
  say('NamespaceReady', 'NamespaceTaken', 'tenant-x'),
  say('DatabaseReady', 'LoginDrifted', login, 'SUPERUSER'),
  say('DatabaseReady', 'LoginRefused', login),
  say('SecretsReady', 'SecretDisabled', new SecretDisabled('s').message),
  say('SecretsReady', 'SecretRefused', 'database', 'tenant-x'),
  say('BillingReady', 'UnknownTimeZone', 'Mars/Olympus'),
  say('BillingReady', 'ScheduleRefused', [{ job: 'usageSync', message: 'Invalid value' }]),
  say('BillingReady', 'QuotaTooSmall', [{ field: 'cpu', is: '1m', needs: '500m' }]),
  sayOfAll('Ready', 'Refused', 'x is forbidden'),
  sayOfAll('Ready', 'AdmissionRefused', 'admission webhook', 'a.example', undefined),
  sayOfAll('Ready', 'LoginInUse', new LoginInUse(login).message),
  sayOfAll('Ready', 'LoginNotOurs', new LoginNotOurs(login).message),
  sayOfAll('Ready', 'SessionsRemain', new SessionsRemain(login).message),
];

// What the runtime, and the vault of a suite, say word by word.
const saidElsewhere = ['ContestedObject', 'ChangedByAdmission', 'SecretTaken'];

test.each(needing.map(({ reason, message }) => [reason, message] as const))(
  'the message of %s ends with the one next step',
  (_reason, message) => {
    expect(message).toMatch(
      /\b(annotate|remove|delete|apply|restore|choose|correct|name|raise|look|compare|enable|must)\b/i,
    );
  },
);

test('no reason that needs somebody is left out of them', () => {
  const reasons = all.filter(([, { needs }]) => needs !== undefined).map(([name]) => name);
  expect([...needing.map(({ reason }) => reason), ...saidElsewhere].sort()).toEqual(reasons.sort());
});
