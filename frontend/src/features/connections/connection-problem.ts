interface ConnectionProblem {
  title: string;
  nextStep: string;
}

const known: Record<string, ConnectionProblem> = {
  'connection.refused': {
    title: 'QuickBooks refused the connection',
    nextStep: 'Connect again with a QuickBooks user who is an administrator of the company.',
  },
  'connection.cancelled': {
    title: 'The connection was cancelled',
    nextStep: 'Nothing has changed. Connect again whenever you are ready.',
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
export const connectionProblem = (code: string): ConnectionProblem => known[code] ?? unknown;
