import type { VendorDoors } from './provide.ts';

const timeoutMs = 30_000;

const post = async (url: string, body: unknown): Promise<void> => {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
    signal: AbortSignal.timeout(timeoutMs),
  });
  if (!response.ok) throw new Error(`${url} answered ${response.status}: ${(await response.text()).slice(0, 500)}`);
};

/** The doubles of another process, by what they serve under /_control. */
export const remoteVendors = (urls: {
  signIn: string;
  pax8: string;
  quickbooks: string;
  superops: string;
}): VendorDoors => ({
  entra: { directories: { add: (directory) => post(`${urls.signIn}/_control/directories`, directory) } },
  pax8: { putAccount: (account) => post(`${urls.pax8}/_control/accounts`, account) },
  quickbooks: { putCompany: (company) => post(`${urls.quickbooks}/_control/companies`, company) },
  superops: { putAccount: (account) => post(`${urls.superops}/_control/accounts`, account) },
});
