import { readFileSync } from 'node:fs';
import type { LocalCertificates } from '../loopback/certificates.ts';
import { startBlobStorage } from './blob-storage.ts';
import { startEntra, type Entra } from '../doubles/entra/server.ts';
import { startPax8, type Pax8 } from '../doubles/pax8/server.ts';
import { startQuickBooks, type QuickBooks } from '../doubles/quickbooks/server.ts';
import { startSuperOps, type SuperOps } from '../doubles/superops/server.ts';
import { startTeams, type Teams } from '../doubles/teams/server.ts';
import { startVault, type Vault } from '../doubles/vault/server.ts';
import {
  mediaContainers,
  platformDirectory,
  portalClient,
  quickBooksApplication,
  teamsChannels,
  vaultAccess,
} from './identities.ts';
import type { LocalSecrets } from './local-secrets.ts';
import { startMailbox, type Mailbox } from '../doubles/mailbox/server.ts';
import type { StateFolder } from './state-folder.ts';

export interface Vendors {
  entra: Entra;
  vault: Vault;
  pax8: Pax8;
  quickbooks: QuickBooks;
  superops: SuperOps;
  teams: Teams;
  mailbox: Mailbox;
  blob: { url: string };
  close(): Promise<void>;
}

/** Stand-ins for what the platform buys elsewhere: sign-in, vault, blob storage, mail, Teams, Pax8, QuickBooks, SuperOps. */
export const startVendors = async (options: {
  state: StateFolder;
  certificates: LocalCertificates;
  secrets: LocalSecrets;
  choosePort: (name: string, usual: number) => Promise<number>;
  publicUrl: string;
  log: (line: string) => void;
}): Promise<Vendors> => {
  const { state, certificates, secrets, choosePort, publicUrl, log } = options;
  const stateDirectory = state.folder('doubles');
  const common = { stateDirectory, log };
  const entra = await startEntra({
    ...common,
    tls: certificates,
    port: await choosePort('Entra ID', 8_443),
    browserPort: await choosePort('the sign-in page', 8_081),
    clients: [portalClient(publicUrl, secrets.entraClientSecret)],
    directories: [{ tid: platformDirectory, name: 'Platform' }],
  });
  const [vault, pax8, quickbooks, superops, teams, mailbox, blob] = await Promise.all([
    startVault({
      ...common,
      tls: certificates,
      port: await choosePort('Key Vault', 8_444),
      tenantId: platformDirectory,
      authority: entra.url,
      jwks: () => entra.jwks,
      access: vaultAccess,
    }),
    startPax8({ ...common, port: await choosePort('Pax8', 8_090) }),
    startQuickBooks({
      ...common,
      port: await choosePort('QuickBooks', 8_091),
      ...quickBooksApplication(publicUrl, secrets.quickBooksClientSecret),
      webhooks: {
        url: `${publicUrl}/api/billing/v1/quickbooks-events`,
        verifier: readFileSync(secrets.paths['quickbooks-verifier'], 'utf8').trim(),
      },
    }),
    startSuperOps({
      ...common,
      port: await choosePort('SuperOps', 8_092),
      euPort: await choosePort('SuperOps in the EU', 8_093),
    }),
    startTeams({ ...common, port: await choosePort('Teams', 8_094), channels: teamsChannels }),
    startMailbox({
      ...common,
      port: await choosePort('the mailbox', 8_025),
      smtpPort: await choosePort('SMTP', 1_025),
    }),
    startBlobStorage({
      port: await choosePort('blob storage', 10_000),
      directory: state.folder('blob'),
      tls: certificates,
      containers: mediaContainers,
    }),
  ]);
  return {
    entra,
    vault,
    pax8,
    quickbooks,
    superops,
    teams,
    mailbox,
    blob,
    close: async () => {
      await Promise.all(
        [entra, vault, pax8, quickbooks, superops, teams, mailbox, blob].map((vendor) => vendor.close()),
      );
    },
  };
};
