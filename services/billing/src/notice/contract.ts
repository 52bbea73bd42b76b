import { PageQuery, pageOf } from '@legendops/kit/contract/page';
import { Id, LocalDate, Timestamp } from '@legendops/kit/contract/values';
import { Verdict } from '@legendops/kit/contract/verdict';
import { z } from 'zod';
import { Money } from '../contract.ts';

/** What people are told of by mail and in Teams. */
export const NoticeKind = z.enum(['connection', 'failure', 'month', 'approval', 'variance']).meta({ id: 'NoticeKind' });

/** When a person gets a mail of a kind: at once, in the one mail of a day, or never. */
export const MailDelivery = z.enum(['at-once', 'daily', 'none']).meta({ id: 'MailDelivery' });

/**
 * `sent` is what the mail server, or Teams, has taken; `dead` what was tried for a day, or is refused for good; `dropped` what
 * there was nobody to tell, or whose cause was gone before it was told.
 */
export const MessageState = z.enum(['waiting', 'sent', 'dead', 'dropped']).meta({ id: 'MessageState' });

export const Notice = z
  .object({
    id: Id,
    kind: NoticeKind,
    title: z.string(),
    /** Null for what is about no single customer; so are the month and the amount. */
    customerName: z.string().nullable(),
    period: LocalDate.nullable(),
    amount: Money.nullable(),
    detail: z.string(),
    nextStep: z.string(),
    /** Where in the portal the next step is taken. */
    path: z.string(),
    raisedAt: Timestamp,
    /** Since when its cause is gone. */
    clearedAt: Timestamp.nullable(),
    /** How many mails of it are in which state, over all people. */
    mails: z.object({ waiting: z.number().int(), sent: z.number().int(), dead: z.number().int() }),
    /** The one to whoever asks; null where they get none. */
    ownMail: MessageState.nullable(),
    teams: MessageState.nullable(),
    /** Why something of it has not arrived. */
    failure: z.string().nullable(),
    acts: z.object({ sendAgain: Verdict }),
  })
  .meta({ id: 'Notice' });
export const NoticeQuery = PageQuery;
export const NoticePage = pageOf(Notice).meta({ id: 'NoticePage' });

export const TeamsChannel = z
  .object({
    /** The host of its address. The address itself is not told again. */
    host: z.string(),
    kinds: z.array(NoticeKind),
    connectedAt: Timestamp,
    /** Why Teams does not take what is sent there; null while it does. */
    failure: z.string().nullable(),
  })
  .meta({ id: 'TeamsChannel' });

export const NoticeSettings = z
  .object({
    /** Null where none is connected. */
    teams: TeamsChannel.nullable(),
    /** What whoever asks gets by mail. */
    mail: z.array(z.object({ kind: NoticeKind, delivery: MailDelivery })),
    /** The hour of the tenant's day at which the mail of a day is sent. */
    digestHour: z.number().int(),
    acts: z.object({ connectTeams: Verdict }),
  })
  .meta({ id: 'NoticeSettings' });

/** The address that Workflows gives a channel. Whoever has it can write there. */
export const TeamsWebhook = z
  .strictObject({ url: z.url({ protocol: /^https?$/ }).max(2_000) })
  .meta({ id: 'TeamsWebhook' });

export const TeamsKinds = z.strictObject({ kinds: z.array(NoticeKind).max(5) }).meta({ id: 'TeamsKinds' });

const everyKind = Object.fromEntries(NoticeKind.options.map((kind) => [kind, MailDelivery])) as Record<
  NoticeKind,
  typeof MailDelivery
>;
export const MailChoices = z.strictObject(everyKind).meta({ id: 'MailChoices' });

export type NoticeKind = z.infer<typeof NoticeKind>;
export type MailDelivery = z.infer<typeof MailDelivery>;
export type MessageState = z.infer<typeof MessageState>;
export type Notice = z.infer<typeof Notice>;
export type NoticePage = z.infer<typeof NoticePage>;
export type TeamsChannel = z.infer<typeof TeamsChannel>;
export type NoticeSettings = z.infer<typeof NoticeSettings>;
export type TeamsWebhook = z.infer<typeof TeamsWebhook>;
export type TeamsKinds = z.infer<typeof TeamsKinds>;
export type MailChoices = z.infer<typeof MailChoices>;
