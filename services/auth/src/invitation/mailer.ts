import { asLineOfText } from '@legendops/kit/contract/line-of-text';
import { escapeHtml } from '@legendops/kit/http/escape-html';
import { mailableName, type Mailer } from '@legendops/kit/mail/mailer';

export interface InvitationMail {
  /** Message-ID: the same for each attempt of one mailing. */
  id: string;
  to: { name: string; address: string };
  /** The tenant that invites. */
  organisation: string;
  link: string;
  validDays: number;
}

export interface InvitationMailer {
  /** Throws UndeliverableAddress where the address is at fault; after anything else the mail may have left or not. */
  invite(mail: InvitationMail): Promise<void>;
}

/** The words of an invitation; names and organisations are other people's text. */
export const invitationMailer = (mailer: Pick<Mailer, 'send'>): InvitationMailer => ({
  invite: ({ id, to, organisation: given, link, validDays }) => {
    const organisation = asLineOfText(given, 128);
    const name = mailableName(to.name);
    const greeting = name === undefined ? 'Hello,' : `Hello ${name},`;
    return mailer.send({
      id,
      to,
      subject: `Your invitation to ${organisation}`,
      text: [
        greeting,
        '',
        `you are invited to the LegendOps portal of ${organisation}.`,
        `See the invitation, and accept it: ${link}`,
        '',
        `The link can be used once and holds for ${validDays} days.`,
      ].join('\n'),
      html: `<p>${escapeHtml(greeting)}</p>
<p>you are invited to the LegendOps portal of ${escapeHtml(organisation)}.</p>
<p><a href="${escapeHtml(link)}">See the invitation, and accept it</a></p>
<p>The link can be used once and holds for ${validDays} days.</p>`,
    });
  },
});
