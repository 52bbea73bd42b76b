import { createHash, createHmac, hkdfSync } from 'node:crypto';

/** One mail of an invitation; sending it once more on purpose is another mailing, with another link. */
export interface Mailing {
  id: string;
  mailing: number;
}

export interface InvitationLinks {
  /** The secret of a mailing's link: whoever holds it is the invited person. We keep its hash alone. */
  secretOf(mailing: Mailing): string;
  urlOf(secret: string): string;
  /** What tells a mail server that two mails are one. */
  messageIdOf(mailing: Mailing): string;
}

export const hashOf = (secret: string): Buffer => createHash('sha256').update(secret).digest();

/**
 * Secrets are derived and not random: an attempt whose end nobody knows is repeated as the same mail, so whichever copy
 * arrives has the link that holds.
 */
export const invitationLinks = ({ key, publicUrl }: { key: Uint8Array; publicUrl: string }): InvitationLinks => {
  const linkKey = Buffer.from(hkdfSync('sha256', key, '', 'legendops invitation links', 32));
  const { hostname } = new URL(publicUrl);
  return {
    secretOf: ({ id, mailing }) => createHmac('sha256', linkKey).update(`${id}.${mailing}`).digest('base64url'),
    urlOf: (secret) => `${publicUrl}/api/auth/v1/invitation?link=${secret}`,
    messageIdOf: ({ id, mailing }) => `<${id}.${mailing}@${hostname}>`,
  };
};
