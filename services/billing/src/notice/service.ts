import type { ActingScope } from '@legendops/kit/audit/audit';
import type { Actor } from '@legendops/kit/auth/actor';
import { requireAllowed } from '@legendops/kit/auth/policy';
import type { AuditSubject } from '@legendops/kit/contract/audit-payload';
import type { PageQuery } from '@legendops/kit/contract/page';
import type { Scope, TenantDatabase } from '@legendops/kit/db/tenant-database';
import type { Transaction } from '@legendops/kit/db/transaction';
import { problem } from '@legendops/kit/errors/problem';
import { listPage } from '@legendops/kit/http/list-page';
import type { TeamsVault } from '../vault/teams-vault.ts';
import type { MailChoices, Notice, NoticeKind, NoticePage, NoticeSettings } from './contract.ts';
import { sampleCard } from './notice-card.ts';
import { refusesSending } from './policy.ts';
import { presentNotice, presentSettings } from './presenter.ts';
import {
  lockGivenUp,
  lockTeams,
  putChoices,
  putTeams,
  removeTeams,
  sendGivenUpAgain,
  setTeamsKinds,
  shownNotice,
  type NoticeStore,
} from './store.ts';
import type { Teams } from './teams.ts';

export interface NoticeService {
  page(scope: Scope, actor: Actor, query: PageQuery): Promise<NoticePage>;
  /** Sends what was given up of it once more. Throws notice.not-found and notice.nothing-to-send. */
  sendAgain(
    transaction: Transaction,
    scope: ActingScope<'notice.sent-again'>,
    actor: Actor,
    id: string,
  ): Promise<Notice>;
  settings(scope: Scope, actor: Actor): Promise<NoticeSettings>;
  /** Keeps the address once a card has been taken there. Throws teams-channel.refused. */
  connectTeams(
    scope: ActingScope<'teams-channel.connected'>,
    actor: Actor,
    given: { url: string; organisation: string },
  ): Promise<NoticeSettings>;
  /** Throws teams-channel.not-found; so does disconnectTeams. */
  changeKinds(
    scope: ActingScope<'teams-channel.changed'>,
    actor: Actor,
    kinds: readonly NoticeKind[],
  ): Promise<NoticeSettings>;
  disconnectTeams(scope: ActingScope<'teams-channel.removed'>): Promise<void>;
  /** What whoever asks gets by mail. */
  choose(scope: Scope, actor: Actor, choices: MailChoices): Promise<NoticeSettings>;
}

const subject: AuditSubject = { type: 'teams-channel', id: 'teams', name: 'Teams' };

export const noticeService = ({
  store,
  database,
  vault,
  teams,
  publicUrl,
  now,
}: {
  store: NoticeStore;
  database: TenantDatabase;
  vault: TeamsVault;
  teams: Teams;
  publicUrl: string;
  now: () => Date;
}): NoticeService => {
  const settings: NoticeService['settings'] = async (scope, actor) =>
    presentSettings(await store.settings(scope, actor.memberId), actor);
  return {
    settings,
    page: (scope, actor, query) =>
      listPage(query, {
        list: 'notices',
        by: ['instant', 'id'],
        read: (place) => store.page(scope, actor.memberId, place),
        keys: (row) => [row.raised_at, row.id],
        present: (row) => presentNotice(row, actor),
      }),
    sendAgain: async (transaction, scope, actor, id) => {
      await lockGivenUp(transaction, id);
      const asked = { id, memberId: actor.memberId };
      const before = await shownNotice(transaction, asked);
      if (!before) throw problem('notice.not-found');
      requireAllowed(refusesSending(before));
      const messages = await sendGivenUpAgain(transaction, id);
      await scope.audit(transaction, {
        act: 'notice.sent-again',
        subject: { type: 'notice', id, name: before.title },
        changes: [{ field: 'messages', before: null, after: messages.toString() }],
      });
      const after = await shownNotice(transaction, asked);
      if (!after) throw problem('notice.not-found');
      return presentNotice(after, actor);
    },
    connectTeams: async (scope, actor, { url, organisation }) => {
      if (!teams.isAllowed(url))
        throw problem('teams-channel.refused', {
          detail:
            'It is no address of a workflow. In Teams, open the channel’s Workflows, make one that posts when a webhook request is received, and copy its link',
          places: [
            { pointer: '/body/url', code: 'not-a-workflow', detail: 'This is no address of a workflow of Teams' },
          ],
        });
      const outcome = await teams.post(url, sampleCard({ organisation, publicUrl }));
      if (!outcome.taken)
        throw problem('teams-channel.refused', {
          detail: `${outcome.failure}. Check the workflow in Teams, copy its link once more, and press “Connect Teams”`,
        });
      await vault.put(scope.tenantId, { url });
      await database.write(scope, async (transaction) => {
        const before = await lockTeams(transaction);
        const { host } = new URL(url);
        await putTeams(transaction, scope, { host, now: now() });
        await scope.audit(transaction, {
          act: 'teams-channel.connected',
          subject,
          changes: [{ field: 'host', before: before?.host ?? null, after: host }],
        });
      });
      return settings(scope, actor);
    },
    changeKinds: async (scope, actor, kinds) => {
      await database.write(scope, async (transaction) => {
        const before = await lockTeams(transaction);
        if (!before) throw problem('teams-channel.not-found', { detail: 'Press “Connect Teams” first' });
        const wanted = [...new Set(kinds)].toSorted();
        const [was, is] = [before.kinds.toSorted().join(', '), wanted.join(', ')];
        if (was === is) return;
        await setTeamsKinds(transaction, wanted);
        await scope.audit(transaction, {
          act: 'teams-channel.changed',
          subject,
          changes: [{ field: 'kinds', before: was, after: is }],
        });
      });
      return settings(scope, actor);
    },
    disconnectTeams: async (scope) => {
      await database.write(scope, async (transaction) => {
        const before = await lockTeams(transaction);
        if (!before) throw problem('teams-channel.not-found');
        await removeTeams(transaction);
        await scope.audit(transaction, {
          act: 'teams-channel.removed',
          subject,
          changes: [{ field: 'host', before: before.host, after: null }],
        });
      });
      await vault.forget(scope.tenantId);
    },
    choose: async (scope, actor, choices) => {
      await database.write(scope, async (transaction) => {
        await putChoices(transaction, scope, { memberId: actor.memberId, choices });
      });
      return settings(scope, actor);
    },
  };
};
