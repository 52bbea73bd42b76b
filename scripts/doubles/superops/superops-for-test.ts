import type { Account } from './account.ts';
import { sampleAccount } from './sample-account.ts';
import { startSuperOps, type SuperOps } from './server.ts';

type Session = {
  ask: (query: string, variables?: object) => Promise<Answer>;
};

export type Answer = {
  status: number;
  // Tests look into answers of every shape; what they expect is what they assert.
  // oxlint-disable-next-line typescript/no-explicit-any
  data: any;
  errors?: { message: string | null; extensions?: { clientError?: { code: string; param: object }[] } }[];
  extensions?: { clientError?: { code: string }[] };
};

export type ForTest = {
  superops: SuperOps;
  clock: { at: Date };
  /** As the service user of an account, or with other headers. */
  session: (headers?: Record<string, string>, region?: 'us' | 'eu') => Session;
  userId: string;
  /** That of the service user. */
  account: () => Account;
  /** Its first client, as inputs name one. */
  fabrikam: () => { accountId: unknown };
  /** Variables that make a ticket of it. */
  aTicket: (more?: object) => { input: object };
};

export const clients =
  'query ($input: ListInfoInput!) { getClientList(input: $input) { clients { accountId name } listInfo { page hasMore totalCount } } }';
export const createTicket = 'mutation ($input: CreateTicketInput!) { createTicket(input: $input) { ticketId status } }';

/** SuperOps with one account in each data centre. */
export const superOpsForTest = async (): Promise<ForTest> => {
  const clock = { at: new Date('2026-11-24T12:00:00Z') };
  const first = sampleAccount({ subdomain: 'northwind', token: 'first' });
  const superops = await startSuperOps({
    accounts: [first, sampleAccount({ subdomain: 'contoso', region: 'eu', token: 'second' })],
    now: () => clock.at,
  });
  const session: ForTest['session'] = (headers = {}, region = 'us') => ({
    ask: async (query, variables = {}) => {
      const reply = await fetch(`${superops.urls[region]}/msp`, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          authorization: 'Bearer first',
          customersubdomain: 'northwind',
          ...headers,
        },
        body: JSON.stringify({ query, variables }),
      });
      return { status: reply.status, ...((await reply.json()) as object) } as Answer;
    },
  });
  const account = () => {
    const found = superops.account('northwind');
    if (!found) throw new Error('There is no account');
    return found;
  };
  const fabrikam = () => ({ accountId: account().clients[0]?.accountId });
  const aTicket = (more: object = {}) => ({
    input: { subject: 'A printer', client: fabrikam(), source: 'INTEGRATION', status: 'Open', ...more },
  });
  return { superops, clock, session, userId: first.users?.[0]?.userId ?? '', account, fabrikam, aTicket };
};

export const codeOf = ({ errors, extensions }: Answer): string | undefined =>
  errors?.[0]?.extensions?.clientError?.[0]?.code ?? extensions?.clientError?.[0]?.code;
