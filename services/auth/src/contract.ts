import { allPermissions, roles } from '@legendops/kit/contract/permissions';
import { PersonName } from '@legendops/kit/contract/line-of-text';
import { PageQuery } from '@legendops/kit/contract/page';
import { Id, Timestamp, Version } from '@legendops/kit/contract/values';
import { z } from 'zod';

export const RoleName = z.enum(roles).meta({ id: 'Role' });

export const PermissionName = z.enum(allPermissions).meta({ id: 'Permission' });

export const AccessToken = z.object({ accessToken: z.string(), expiresAt: Timestamp }).meta({ id: 'AccessToken' });

/** Who is signed in, where, and what the screen may offer. */
export const Me = z
  .object({
    member: z.object({ id: Id, name: z.string(), email: z.string(), role: RoleName, customerId: Id.nullable() }),
    tenant: z.object({ id: Id, name: z.string(), displayName: z.string(), currency: z.string(), timeZone: z.string() }),
    permissions: z.array(PermissionName),
  })
  .meta({ id: 'Me' });

export const Member = z
  .object({
    id: Id,
    name: z.string(),
    email: z.string(),
    role: RoleName,
    customerId: Id.nullable(),
    state: z.enum(['active', 'disabled']),
    version: Version,
    createdAt: Timestamp,
  })
  .meta({ id: 'Member' });

export const Invitation = z
  .object({
    id: Id,
    email: z.string(),
    name: z.string(),
    role: RoleName,
    customerId: Id.nullable(),
    state: z.enum(['pending', 'sent', 'redeemed', 'revoked']),
    /** Since when we have given up mailing it: the address took no mail. */
    mailFailedAt: Timestamp.nullable(),
    /** Until when the mailed link holds; null before the first mail. */
    expiresAt: Timestamp.nullable(),
    version: Version,
    createdAt: Timestamp,
  })
  .meta({ id: 'Invitation' });

/** Open: neither redeemed nor revoked, though its link may have expired. */
export const InvitationQuery = PageQuery.extend({ open: z.literal('true').optional() });

/** `pending` mails it again, with another link. */
export const InvitationChange = z
  .strictObject({ state: z.enum(['pending', 'revoked']) })
  .meta({ id: 'InvitationChange' });

const guestsHaveCustomers = {
  path: ['customerId'],
  error: 'A guest belongs to a customer, staff to none',
};

/**
 * A role comes with its customer; what is left out stays. Whatever is different afterwards ends the person's sessions at once,
 * those of whoever changes themselves too. An organisation keeps one administrator (member.last-administrator).
 */
export const MemberChange = z
  .strictObject({
    state: z.enum(['active', 'disabled']).optional(),
    role: RoleName.optional(),
    customerId: Id.optional(),
  })
  .refine(({ role, customerId }) => (role === 'guest') === (customerId !== undefined), guestsHaveCustomers)
  .meta({ id: 'MemberChange' });

export const NewInvitation = z
  .strictObject({
    email: z.email().max(320),
    name: PersonName,
    role: RoleName,
    customerId: Id.optional(),
  })
  .refine(({ role, customerId }) => (role === 'guest') === (customerId !== undefined), guestsHaveCustomers)
  .meta({ id: 'NewInvitation' });

export type Me = z.infer<typeof Me>;
export type Member = z.infer<typeof Member>;
export type Invitation = z.infer<typeof Invitation>;
export type InvitationQuery = z.infer<typeof InvitationQuery>;
export type InvitationChange = z.infer<typeof InvitationChange>;
export type MemberChange = z.infer<typeof MemberChange>;
export type NewInvitation = z.infer<typeof NewInvitation>;
