import { request } from 'node:https';
import {
  AccountSASPermissions,
  AccountSASResourceTypes,
  AccountSASServices,
  generateAccountSASQueryParameters,
  StorageSharedKeyCredential,
} from '@azure/storage-blob';

export interface BlobAccount {
  /** https://127.0.0.1:port/account */
  url: string;
  accountName: string;
  accountKey: string;
}

const minuteMs = 60_000;

const statusOf = (url: string): Promise<number> =>
  new Promise((resolve, reject) => {
    // To the process that was just started, on this machine: its certificate may be for the name that others call it by.
    const sent = request(url, { method: 'PUT', rejectUnauthorized: false }, (answer) => {
      answer.resume().on('end', () => resolve(answer.statusCode ?? 0));
    });
    sent.on('error', reject).end();
  });

/** Makes those that are not there: services may write into containers, and make none. */
export const createContainers = async (
  { url, accountName, accountKey }: BlobAccount,
  containers: readonly string[],
): Promise<void> => {
  const signature = generateAccountSASQueryParameters(
    {
      expiresOn: new Date(Date.now() + 5 * minuteMs),
      permissions: AccountSASPermissions.parse('c'),
      services: AccountSASServices.parse('b').toString(),
      resourceTypes: AccountSASResourceTypes.parse('c').toString(),
    },
    new StorageSharedKeyCredential(accountName, accountKey),
  ).toString();
  for (const container of containers) {
    const status = await statusOf(`${url}/${container}?restype=container&${signature}`);
    if (status !== 201 && status !== 409) throw new Error(`Blob storage answered ${status} to making ${container}`);
  }
};
