import { ownEntry } from '@legendops/kit/contract/own-entry';
interface SignInProblem {
  title: string;
  nextStep: string;
}

const known: Record<string, SignInProblem> = {
  'sign-in.not-invited': {
    title: 'You have not been invited yet',
    nextStep: 'Ask an administrator of your organisation to press “Invite” under “Team”, then sign in again.',
  },
  'sign-in.unknown-directory': {
    title: 'Your organisation is not registered',
    nextStep:
      'If you have several Microsoft accounts, sign in with the one of your organisation. Otherwise ask your provider to register your directory.',
  },
  'sign-in.cancelled': {
    title: 'The sign-in was cancelled',
    nextStep: 'Nothing has changed. Sign in again whenever you are ready.',
  },
  'sign-in.failed': {
    title: 'The sign-in could not be completed',
    nextStep: 'Sign in again. If it fails again, tell your administrator the code below.',
  },
  'service.unavailable': {
    title: 'Your directory cannot be reached',
    nextStep: 'Nothing has changed. Sign in again in a moment.',
  },
  'invitation.used': {
    title: 'This invitation no longer holds',
    nextStep:
      'If you have used it before, just sign in. Otherwise ask an administrator of your organisation for a new one: an invitation works once, for 14 days.',
  },
  'invitation.other-address': {
    title: 'This invitation is for another address',
    nextStep: 'Follow its link again and sign in with the account of that address, or ask for an invitation of yours.',
  },
  'invitation.customer-archived': {
    title: 'The company that you were invited for is no longer active here',
    nextStep:
      'Nothing has changed. Ask whoever invited you to reactivate it, and follow the link again; it works for 14 days.',
  },
  'permission.denied': {
    title: 'Your access was taken away',
    nextStep: 'Your membership is disabled. Ask an administrator of your organisation about it.',
  },
  'tenant.suspended': {
    title: 'Your organisation is suspended',
    nextStep:
      'Nobody in it can sign in at the moment; its data is kept. Contact LegendOps support to have it reopened.',
  },
};

const unknown: SignInProblem = {
  title: 'You could not be signed in',
  nextStep: 'Sign in again. If it fails again, tell your administrator the code below.',
};

/** What the code of a failed sign-in means for the person, and what to do next. */
export const signInProblem = (code: string): SignInProblem => ownEntry(known, code) ?? unknown;
