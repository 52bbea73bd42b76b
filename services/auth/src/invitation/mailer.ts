import { createTransport } from 'nodemailer';
import { asLineOfText, PersonName } from '@legendops/kit/contract/line-of-text';
import { escapeHtml } from '../html.ts';

export interface InvitationMail {
  /** Message-ID: the same for each attempt of one mailing. */
  id: string;
  to: { name: string; address: string };
  /** The tenant that invites. */
  organisation: string;
  link: string;
  validDays: number;
}

/** The mail server refuses the address for good (5xx to RCPT TO): trying again would change nothing. */
export class UndeliverableAddress extends Error {
  override readonly name = 'UndeliverableAddress';
}

export interface Mailer {
  /** Throws UndeliverableAddress where the address is at fault; after anything else the mail may have left or not. */
  invite(mail: InvitationMail): Promise<void>;
  close(): void;
}

const timeoutMs = 10_000;

const isRefusedAddress = (error: unknown): boolean =>
  error instanceof Error &&
  'command' in error &&
  error.command === 'RCPT TO' &&
  'responseCode' in error &&
  Number(error.responseCode) >= 500;

/** Mail by SMTP; names and organisations are other people's text, so they are escaped in HTML and never in headers raw. */
export const createMailer = ({ smtpUrl, from }: { smtpUrl: string; from: string }): Mailer => {
  const transport = createTransport({
    url: smtpUrl,
    connectionTimeout: timeoutMs,
    greetingTimeout: timeoutMs,
    socketTimeout: timeoutMs,
  });
  return {
    invite: async ({ id, to, organisation: given, link, validDays }) => {
      // Contracts refuse what could be a mail of somebody else's; what came by another way is left out here.
      const organisation = asLineOfText(given, 128);
      const name = PersonName.safeParse(to.name).data;
      const greeting = name === undefined ? 'Hello,' : `Hello ${name},`;
      await transport
        .sendMail({
          messageId: id,
          from,
          to: name === undefined ? to.address : { name, address: to.address },
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
        })
        .catch((error: unknown) => {
          throw isRefusedAddress(error)
            ? new UndeliverableAddress('The mail server refuses the address', { cause: error })
            : error;
        });
    },
    close: () => transport.close(),
  };
};
