import { Id } from '@legendops/kit/contract/values';
import { idempotentRoute, noContent, ok, route } from '@legendops/kit/http/route';
import { z } from 'zod';
import { MailChoices, Notice, NoticePage, NoticeQuery, NoticeSettings, TeamsKinds, TeamsWebhook } from './contract.ts';
import { permissionTo } from './policy.ts';
import type { NoticeService } from './service.ts';

export const noticeRoutes = (notices: NoticeService) => [
  route({
    method: 'get',
    path: '/v1/notices',
    permission: permissionTo.read,
    summary: 'What people were told of, the newest first, and whether it has arrived',
    query: NoticeQuery,
    responses: { 200: NoticePage },
    handler: async ({ scope, actor, query }) => ok(await notices.page(scope, actor, query)),
  }),
  idempotentRoute({
    method: 'post',
    path: '/v1/notices/{noticeId}/sending',
    permission: permissionTo.sendAgain,
    summary: 'Sends once more what was given up of a notice, to whom it was to go',
    audit: ['notice.sent-again'],
    params: z.strictObject({ noticeId: Id }),
    responses: { 200: Notice },
    handler: async ({ actor, scope, params: { noticeId } }, transaction) =>
      ok(await notices.sendAgain(transaction, scope, actor, noticeId)),
  }),
  route({
    method: 'get',
    path: '/v1/notice-settings',
    permission: permissionTo.read,
    summary: 'What goes to Teams, and what whoever asks gets by mail',
    responses: { 200: NoticeSettings },
    handler: async ({ scope, actor }) => ok(await notices.settings(scope, actor)),
  }),
  route({
    method: 'put',
    path: '/v1/notice-settings/mail',
    permission: permissionTo.choose,
    summary: 'Chooses what one gets by mail oneself',
    audit: { none: 'It changes what one person’s own mailbox gets, and nothing of the organisation' },
    body: MailChoices,
    responses: { 200: NoticeSettings },
    handler: async ({ scope, actor, body }) => ok(await notices.choose(scope, actor, body)),
  }),
  route({
    method: 'put',
    path: '/v1/notice-settings/teams',
    permission: permissionTo.connectTeams,
    summary: 'Connects a channel of Teams, after Teams has taken a card there',
    audit: ['teams-channel.connected'],
    body: TeamsWebhook,
    responses: { 200: NoticeSettings },
    handler: async ({ scope, actor, tenant, body: { url } }) =>
      ok(await notices.connectTeams(scope, actor, { url, organisation: tenant.displayName })),
  }),
  route({
    method: 'put',
    path: '/v1/notice-settings/teams/kinds',
    permission: permissionTo.connectTeams,
    summary: 'Chooses which notices go to Teams',
    audit: ['teams-channel.changed'],
    body: TeamsKinds,
    responses: { 200: NoticeSettings },
    handler: async ({ scope, actor, body: { kinds } }) => ok(await notices.changeKinds(scope, actor, kinds)),
  }),
  route({
    method: 'delete',
    path: '/v1/notice-settings/teams',
    permission: permissionTo.connectTeams,
    summary: 'Gives the channel of Teams up: its address is not used any more',
    audit: ['teams-channel.removed'],
    responses: { 204: null },
    handler: async ({ scope }) => {
      await notices.disconnectTeams(scope);
      return noContent();
    },
  }),
];
