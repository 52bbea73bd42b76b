import type { TenantDatabase } from '@legendops/kit/db/tenant-database';
import type { TenantRegistry } from '@legendops/kit/db/tenant-registry';
import { UndeliverableAddress } from '@legendops/kit/mail/mailer';
import { hashOf, type InvitationLinks } from './link.ts';
import type { InvitationMailer } from './mailer.ts';
import { claimDue, markMailFailed, markSent, postpone, type DueInvitation, type InvitationStore } from './store.ts';

export interface InvitationMailing {
  /** Mails what is due; what fails is due again after a pause, and is given up after a day. */
  mailDue(): Promise<void>;
}

const validDays = 14;
const batch = 50;
// Longer than the mailer's time-outs together: while it runs no other process sends the same mail.
const leaseSeconds = 120;
const firstPauseSeconds = 30;
const longestPauseSeconds = 3_600;
const mostAttempts = 30; // a day and an hour, by these pauses

const pauseSecondsAfter = (attempt: number): number =>
  Math.min(firstPauseSeconds * 2 ** (attempt - 1), longestPauseSeconds);

/**
 * The way of invitations to the mail server: claim with a lease, commit, send, mark. A process that dies in between
 * leaves the lease to run out; the mail is then sent once more.
 */
export const invitationMailing = ({
  store,
  database,
  registry,
  mailer,
  links,
}: {
  store: InvitationStore;
  database: TenantDatabase;
  registry: TenantRegistry;
  mailer: InvitationMailer;
  links: InvitationLinks;
}): InvitationMailing => {
  const mail = async ({ tenantId, ...due }: DueInvitation): Promise<void> => {
    const tenant = await registry.find(tenantId);
    if (!tenant) return;
    const scope = { tenantId };
    const secret = links.secretOf(due);
    const claimed = await database.write(scope, (transaction) =>
      claimDue(transaction, due, { tokenHash: hashOf(secret), validDays, leaseSeconds }),
    );
    if (!claimed) return;
    try {
      await mailer.invite({
        id: links.messageIdOf(due),
        to: { name: claimed.name, address: claimed.email },
        organisation: tenant.displayName,
        link: links.urlOf(secret),
        validDays,
      });
    } catch (error) {
      const isOver = error instanceof UndeliverableAddress || claimed.mail_attempts >= mostAttempts;
      await database.write(scope, (transaction) =>
        isOver
          ? markMailFailed(transaction, due)
          : postpone(transaction, due, pauseSecondsAfter(claimed.mail_attempts)),
      );
      if (error instanceof UndeliverableAddress) return;
      throw error;
    }
    await database.write(scope, (transaction) => markSent(transaction, due));
  };

  return {
    mailDue: async () => {
      const failures: unknown[] = [];
      for (const due of await store.due(batch)) {
        await mail(due).catch((error: unknown) => failures.push(error));
      }
      if (failures.length > 0) throw new AggregateError(failures, `${failures.length} invitations could not be mailed`);
    },
  };
};
