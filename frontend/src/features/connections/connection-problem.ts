import { ownEntry } from '@legendops/kit/contract/own-entry';

interface ConnectionProblem {
  title: string;
  nextStep: string;
}

const known: Record<string, ConnectionProblem> = {
  'connection.refused': {
    title: 'QuickBooks was not connected',
    nextStep: 'QuickBooks did not accept the choice. Connect again as an administrator of the company.',
  },
  'connection.cancelled': {
    title: 'The connection was cancelled',
    nextStep: 'Nothing has changed. Connect again whenever you are ready.',
  },
  'connection.account-taken': {
    title: 'This company is connected to another organisation',
    nextStep: 'Nothing has changed. It has to be disconnected there first; LegendOps support can help.',
  },
  'tenant.suspended': {
    title: 'Your organisation is suspended',
    nextStep: 'Nothing has changed. Contact LegendOps support to have it reopened.',
  },
  'vendor.unavailable': {
    title: 'QuickBooks did not answer as expected',
    nextStep: 'Try again in a few minutes.',
  },
};

const unknown: ConnectionProblem = {
  title: 'QuickBooks could not be connected',
  nextStep: 'Connect again. If it fails again, tell support the code below.',
};

/** What the code means with which QuickBooks sent the browser back, and what to do next. */
export const connectionProblem = (code: string): ConnectionProblem => ownEntry(known, code) ?? unknown;
