import { Id, Timestamp, Version } from '@legendops/kit/contract/values';
import { Verdict } from '@legendops/kit/contract/verdict';
import { z } from 'zod';

/** A data centre of SuperOps; it belongs to the account. */
export const SuperOpsRegion = z.enum(['us', 'eu']).meta({ id: 'SuperOpsRegion' });

/** `paused`: SuperOps does not serve us for now, and the same token works again afterwards. */
export const SuperOpsState = z.enum(['connected', 'reconnect', 'paused']).meta({ id: 'SuperOpsState' });

export const SuperOpsConnection = z
  .object({
    id: Id,
    region: SuperOpsRegion,
    subdomain: z.string(),
    state: SuperOpsState,
    /** Why it does not work; null while it does. */
    failure: z.string().nullable(),
    nextStep: z.string().nullable(),
    version: Version,
    updatedAt: Timestamp,
  })
  .meta({ id: 'SuperOpsConnection' });

export const SuperOpsConnections = z
  .object({ connection: SuperOpsConnection.nullable(), acts: z.object({ connect: Verdict }) })
  .meta({ id: 'SuperOpsConnections' });

/** Of a service user. The token is kept in the vault, and told to nobody again. */
export const SuperOpsCredentials = z
  .strictObject({
    region: SuperOpsRegion,
    subdomain: z
      .string()
      .trim()
      .toLowerCase()
      .regex(/^[a-z0-9-]{1,63}$/, 'Write the subdomain alone, such as northwind of northwind.superops.ai'),
    token: z
      .string()
      .trim()
      .min(1)
      .max(4_000)
      .regex(/^[\x21-\x7e]+$/, 'Paste the token alone, without blanks'),
  })
  .meta({ id: 'SuperOpsCredentials' });

/** `gone`: SuperOps has the client no more. `needed`: a person says who it is. */
export const ClientLinkState = z.enum(['linked', 'gone', 'needed']).meta({ id: 'ClientLinkState' });

/** A customer that a client may be, and what says so. */
export const ClientSuggestion = z
  .object({ customerId: Id, customerName: z.string(), by: z.enum(['name', 'like-name', 'domain']) })
  .meta({ id: 'ClientSuggestion' });

/** Why a customer and its client are called differently, and what a person decides. */
export const NameProblem = z
  .object({
    /** `both-changed`: neither leads. The others: the change of one side is not taken by the other. */
    why: z.enum(['both-changed', 'taken-here', 'refused-there', 'forbidden-there']),
    nextStep: z.string(),
  })
  .meta({ id: 'NameProblem' });

/** A client of SuperOps, and who it is here. */
export const ClientLink = z
  .object({
    /** Digits up to twenty, beyond what a JSON number holds. */
    clientId: z.string(),
    clientName: z.string(),
    emailDomains: z.array(z.string()),
    state: ClientLinkState,
    customerId: Id.nullable(),
    customerName: z.string().nullable(),
    /** Of the company at Pax8 whose customer it is. */
    pax8CompanyId: z.string().nullable(),
    version: Version.nullable(),
    nameProblem: NameProblem.nullable(),
    /** The likeliest first; a person confirms one. */
    suggestions: z.array(ClientSuggestion),
  })
  .meta({ id: 'ClientLink' });

export const ClientLinks = z
  .object({
    data: z.array(ClientLink),
    /** Clients of which SuperOps said less than it has to. */
    unreadable: z.number().int(),
    acts: z.object({ confirm: Verdict }),
  })
  .meta({ id: 'ClientLinks' });

export const NewClientLink = z.strictObject({ customerId: Id }).meta({ id: 'NewClientLink' });

export const ConfirmedClientLink = z
  .object({ clientId: z.string(), clientName: z.string(), customerId: Id, version: Version })
  .meta({ id: 'ConfirmedClientLink' });

export type SuperOpsRegion = z.infer<typeof SuperOpsRegion>;
export type SuperOpsState = z.infer<typeof SuperOpsState>;
export type SuperOpsConnection = z.infer<typeof SuperOpsConnection>;
export type SuperOpsCredentials = z.infer<typeof SuperOpsCredentials>;
export type ClientLink = z.infer<typeof ClientLink>;
export type NameProblem = z.infer<typeof NameProblem>;
export type ClientLinks = z.infer<typeof ClientLinks>;
export type ClientLinkState = z.infer<typeof ClientLinkState>;
export type ClientSuggestion = z.infer<typeof ClientSuggestion>;
export type NewClientLink = z.infer<typeof NewClientLink>;
export type ConfirmedClientLink = z.infer<typeof ConfirmedClientLink>;
