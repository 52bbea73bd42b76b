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
};

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
  return { superops, clock, session, userId: first.users?.[0]?.userId ?? '' };
};

export const codeOf = ({ errors, extensions }: Answer): string | undefined =>
  errors?.[0]?.extensions?.clientError?.[0]?.code ?? extensions?.clientError?.[0]?.code;
