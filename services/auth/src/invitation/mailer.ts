import { createTransport } from 'nodemailer';

export interface InvitationMail {
  to: { name: string; address: string };
  /** The tenant that invites. */
  organisation: string;
  link: string;
  validDays: number;
}

export interface Mailer {
  invite(mail: InvitationMail): Promise<void>;
  close(): void;
}

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

const timeoutMs = 10_000;

/** Mail by SMTP; names and organisations are other people's text, so they are escaped in HTML and never in headers raw. */
export const createMailer = ({ smtpUrl, from }: { smtpUrl: string; from: string }): Mailer => {
  const transport = createTransport({
    url: smtpUrl,
    connectionTimeout: timeoutMs,
    greetingTimeout: timeoutMs,
    socketTimeout: timeoutMs,
  });
  return {
    invite: async ({ to, organisation, link, validDays }) => {
      await transport.sendMail({
        from,
        to,
        subject: `Your invitation to ${organisation}`,
        text: [
          `Hello ${to.name},`,
          '',
          `you are invited to the LegendOps portal of ${organisation}.`,
          `Sign in with your Microsoft account: ${link}`,
          '',
          `The link can be used once and holds for ${validDays} days.`,
        ].join('\n'),
        html: `<p>Hello ${escaped(to.name)},</p>
<p>you are invited to the LegendOps portal of ${escaped(organisation)}.</p>
<p><a href="${escaped(link)}">Sign in with your Microsoft account</a></p>
<p>The link can be used once and holds for ${validDays} days.</p>`,
      });
    },
    close: () => transport.close(),
  };
};
