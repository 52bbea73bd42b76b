import type { CompanySeed } from './company.ts';
import type { Quirks } from './quirks.ts';
import { startQuickBooks } from './server.ts';
import type { QuickBooks, QuickBooksOptions } from './server.ts';

export const app = { clientId: 'app', clientSecret: 'secret' };
export const redirectUri = 'http://127.0.0.1:1/back';

export const aCompany = (changes: Partial<CompanySeed> = {}): CompanySeed => ({
  realmId: '9130001',
  name: 'Northwind IT',
  customers: [
    { Id: '1', DisplayName: 'Adatum' },
    { Id: '2', DisplayName: 'Gone', Active: false },
  ],
  vendors: [{ Id: '5', DisplayName: 'Pax8' }],
  items: [{ Id: '10', Name: 'Seats', Type: 'Service' }],
  ...changes,
});

type Line = { amount?: number; qty?: number; price?: number; tax?: string };

export const aLine = ({ amount = 100, qty, price, tax = 'NON' }: Line = {}) => ({
  Amount: amount,
  DetailType: 'SalesItemLineDetail',
  SalesItemLineDetail: {
    ItemRef: { value: '10' },
    ...(qty === undefined ? {} : { Qty: qty }),
    ...(price === undefined ? {} : { UnitPrice: price }),
    ...(tax === '' ? {} : { TaxCodeRef: { value: tax } }),
  },
});

export const anInvoice = (changes: Record<string, unknown> = {}) => ({
  CustomerRef: { value: '1' },
  TxnDate: '2026-10-15',
  Line: [aLine()],
  ...changes,
});

/** A reply of unknown shape: a test says what it expects of it. */
// oxlint-disable-next-line typescript/no-explicit-any
export type Reply = { status: number; headers: Headers; body: any };

export type ForTest = {
  quickbooks: QuickBooks;
  clock: { now: Date; advance: (seconds: number) => void };
  /** Signs in to a company as a person does, and gives its tokens. */
  connect: (realmId?: string) => Promise<Reply>;
  token: (form: Record<string, string>, headers?: Record<string, string>) => Promise<Reply>;
  session: (realmId?: string) => Promise<Session>;
};

export type Session = {
  accessToken: string;
  get: (path: string) => Promise<Reply>;
  /** With a requestid of its own unless the path has one. */
  post: (path: string, body: object) => Promise<Reply>;
  query: (statement: string) => Promise<Reply>;
};

type Options = { companies?: CompanySeed[]; quirks?: Partial<Quirks> } & Partial<QuickBooksOptions>;

/** The double with a clock in the tests' hand. Limits by second are wide unless a test narrows them. */
export async function quickBooksForTest(options: Options = {}): Promise<ForTest> {
  const clock = {
    now: new Date('2026-10-15T12:00:00Z'),
    advance: (seconds: number) => {
      clock.now = new Date(clock.now.getTime() + seconds * 1000);
    },
  };
  const quirks = { requestsPerSecond: 100_000, requestsPerMinute: 100_000, ...options.quirks };
  const quickbooks = await startQuickBooks({
    ...app,
    companies: [aCompany()],
    ...options,
    quirks,
    now: () => clock.now,
  });

  const token: ForTest['token'] = async (form, headers = {}) =>
    read(
      await fetch(`${quickbooks.url}/oauth2/v1/tokens/bearer`, {
        method: 'POST',
        headers: { authorization: `Basic ${btoa(`${app.clientId}:${app.clientSecret}`)}`, ...headers },
        body: new URLSearchParams(form),
      }),
    );
  const connect: ForTest['connect'] = async (realmId = '9130001') => {
    const request = consentRequest();
    request.set('realmId', realmId);
    const reply = await fetch(`${quickbooks.url}/connect/oauth2/approve?${request}`, { redirect: 'manual' });
    const code = new URL(reply.headers.get('location') ?? 'none:').searchParams.get('code') ?? '';
    return token({ grant_type: 'authorization_code', code, redirect_uri: redirectUri });
  };
  const session: ForTest['session'] = async (realmId = '9130001') => {
    const accessToken: string = (await connect(realmId)).body.access_token;
    const base = `${quickbooks.url}/v3/company/${realmId}`;
    const headers = { authorization: `Bearer ${accessToken}`, accept: 'application/json' };
    const get = async (path: string) => read(await fetch(base + path, { headers }));
    const post = async (path: string, body: object) => {
      const known = path.includes('requestid=') || path.startsWith('/query');
      const url = known ? path : `${path}${path.includes('?') ? '&' : '?'}requestid=${crypto.randomUUID()}`;
      const init = { method: 'POST', headers: { ...headers, 'content-type': 'application/json' } };
      return read(await fetch(base + url, { ...init, body: JSON.stringify(body) }));
    };
    return { accessToken, get, post, query: (statement) => get(`/query?query=${encodeURIComponent(statement)}`) };
  };
  return { quickbooks, clock, token, connect, session };
}

export const consentRequest = () =>
  new URLSearchParams({
    client_id: app.clientId,
    redirect_uri: redirectUri,
    response_type: 'code',
    scope: 'com.intuit.quickbooks.accounting',
    state: 's1',
  });

async function read(reply: Response): Promise<Reply> {
  const text = await reply.text();
  return { status: reply.status, headers: reply.headers, body: text === '' ? '' : JSON.parse(text) };
}

/** Of a refusal, by the service or by the gateway; undefined of a success. */
export const codeOf = ({ body }: Reply): string | undefined => body.Fault?.Error[0].code ?? body.fault?.error[0].code;
