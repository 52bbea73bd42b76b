import type { SuperOpsState } from '../superops/contract.ts';
import type { SuperOpsErrorKind } from '../superops/superops-error.ts';

interface Failure {
  state: Exclude<SuperOpsState, 'connected'>;
  reason: string;
  nextStep: string;
}

/** What a connection ends by, and the one thing to do about it. */
export const failures = {
  token: {
    state: 'reconnect',
    reason: 'SuperOps does not accept the token: a user has one at a time, and a new one ends the one before',
    nextStep: 'In SuperOps, as the service user, make a token under Settings > My Profile > API token; paste it here',
  },
  subdomain: {
    state: 'reconnect',
    reason: 'SuperOps knows no such subdomain in this data centre',
    nextStep: 'Look it up in SuperOps under Settings > MSP Information, and choose the data centre that you sign in to',
  },
  forbidden: {
    state: 'paused',
    reason: 'The role of the service user may not read what is needed',
    nextStep: 'Give its role in SuperOps the right to read clients; then press “Check again”',
  },
  'trial-ended': {
    state: 'paused',
    reason: 'The trial of SuperOps has ended',
    nextStep: 'Subscribe in SuperOps; then press “Check again”',
  },
  'subscription-paused': {
    state: 'paused',
    reason: 'The subscription of SuperOps is paused',
    nextStep: 'Resume it in SuperOps; then press “Check again”',
  },
  'subscription-cancelled': {
    state: 'paused',
    reason: 'The subscription of SuperOps was cancelled',
    nextStep: 'Subscribe in SuperOps anew and press “Check again”, or press “Disconnect SuperOps”',
  },
} as const satisfies Partial<Record<SuperOpsErrorKind, Failure>>;

export type FailureKind = keyof typeof failures;

export const isFailure = (kind: string): kind is FailureKind => Object.hasOwn(failures, kind);
