import type { Invitation, Member } from '@legendops/auth/contract';
import { expect, it } from 'vitest';
import { stateOf, type PersonState } from './person-state.ts';

const now = new Date('2026-11-24T12:00:00Z');
const person = {
  id: '018f0000-0000-7000-8000-000000000001',
  name: 'Nia',
  email: 'nia@northwind.example',
  role: 'billing_viewer',
  customerId: null,
  version: 1,
  createdAt: '2026-11-01T12:00:00Z',
} as const;
const anInvitation = (more: Partial<Invitation>): Invitation => ({
  ...person,
  state: 'sent',
  mailFailedAt: null,
  expiresAt: null,
  ...more,
});
const aMember = (state: Member['state']): Member => ({ ...person, state });

it.each<[PersonState, Member | Invitation]>([
  ['active', aMember('active')],
  ['disabled', aMember('disabled')],
  ['pending', anInvitation({ state: 'pending' })],
  ['undelivered', anInvitation({ state: 'pending', mailFailedAt: '2026-11-02T12:00:00Z' })],
  ['sent', anInvitation({ expiresAt: '2026-11-24T12:00:01Z' })],
  ['expired', anInvitation({ expiresAt: '2026-11-24T12:00:00Z' })],
  ['redeemed', anInvitation({ state: 'redeemed', expiresAt: '2026-11-15T12:00:00Z' })],
  ['revoked', anInvitation({ state: 'revoked', expiresAt: '2026-11-15T12:00:00Z' })],
])('is %s', (expected, somebody) => {
  expect(stateOf(somebody, now)).toBe(expected);
});
