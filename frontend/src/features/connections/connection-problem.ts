import { ownEntry } from '@legendops/kit/contract/own-entry';

interface ConnectionProblem {
  title: string;
  nextStep: string;
}

const known: Record<string, ConnectionProblem> = {
  'connection.refused': {
    title: 'QuickBooks was not connected',
    nextStep:
      'QuickBooks did not accept the choice. Press “Connect QuickBooks” and choose a company that you administer.',
  },
  'connection.cancelled': {
    title: 'The connection was cancelled',
    nextStep: 'Nothing has changed. Press “Connect QuickBooks” whenever you are ready.',
  },
  'connection.account-taken': {
    title: 'This company is connected to another organisation',
    nextStep: 'Nothing has changed. Ask LegendOps support to have it given up there first.',
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
  nextStep: 'Press “Connect QuickBooks” again. If it fails again, tell LegendOps support the code below.',
};

/** What the code means with which QuickBooks sent the browser back, and what to do next. */
export const connectionProblem = (code: string): ConnectionProblem => ownEntry(known, code) ?? unknown;
