import { inSpan } from '../trace/in-span.ts';
import { createTransport } from 'nodemailer';
import { asLineOfText, PersonName } from '../contract/line-of-text.ts';

export interface Mail {
  /** Message-ID: the same for each attempt at one mail, so that whoever takes two of them can see that they are one. */
  id: string;
  to: { name: string; address: string };
  subject: string;
  text: string;
  /** HTML already: other people's text in it is escaped. */
  html: string;
  /** Further headers, of our own words alone. */
  headers?: Record<string, string>;
}

/** The address is no address, or the mail server refuses it for good (5xx to RCPT TO): trying again would change nothing. */
export class UndeliverableAddress extends Error {
  override readonly name = 'UndeliverableAddress';
}

export interface Mailer {
  /** Throws UndeliverableAddress where the address is at fault; after anything else the mail may have left or not. */
  send(mail: Mail): Promise<void>;
  close(): void;
}

const timeoutMs = 10_000;
const longestSubject = 250;
// One mailbox: what a directory says of a person must not become a list of recipients.
const oneAddress = /^[^\s@<>()[\]\\,;:"]{1,64}@[^\s@<>()[\]\\,;:"]{1,255}$/u;

const isRefusedAddress = (error: unknown): boolean =>
  error instanceof Error &&
  'command' in error &&
  error.command === 'RCPT TO' &&
  'responseCode' in error &&
  Number(error.responseCode) >= 500;

/** The person's name as a mail may carry it; undefined where it would be a link, an address or more than a line. */
export const mailableName = (name: string): string | undefined => PersonName.safeParse(name).data;

/** Mail by SMTP; names and subjects are other people's text, so they are never in headers raw. */
export const createMailer = ({ smtpUrl, from }: { smtpUrl: string; from: string }): Mailer => {
  const transport = createTransport({
    url: smtpUrl,
    connectionTimeout: timeoutMs,
    greetingTimeout: timeoutMs,
    socketTimeout: timeoutMs,
  });
  const { hostname } = new URL(smtpUrl);
  return {
    send: async ({ id, to: { name: given, address }, subject, ...mail }) => {
      if (!oneAddress.test(address)) throw new UndeliverableAddress('This is no address of one mailbox');
      const name = mailableName(given);
      const mailed = {
        ...mail,
        messageId: id,
        from,
        to: name === undefined ? address : { name, address },
        // Contracts refuse what could be a mail of somebody else's; what came by another way is left out here.
        subject: asLineOfText(subject, longestSubject),
      };
      await inSpan({ name: 'mail', kind: 'client', attributes: { 'server.address': hostname } }, () =>
        transport.sendMail(mailed),
      ).catch((error: unknown) => {
        throw isRefusedAddress(error)
          ? new UndeliverableAddress('The mail server refuses the address', { cause: error })
          : error;
      });
    },
    close: () => transport.close(),
  };
};
