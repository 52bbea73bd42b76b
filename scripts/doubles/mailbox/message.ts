import { randomUUID } from 'node:crypto';
import { simpleParser } from 'mailparser';
import type { AddressObject } from 'mailparser';

export type Message = {
  id: string;
  receivedAt: string;
  from: string;
  /** Whom it was delivered to: blind copies as well. */
  recipients: string[];
  /** What its header says. */
  to: string;
  subject: string;
  text: string;
  html: string | null;
  links: string[];
};

type Received = { raw: Buffer; recipients: string[]; receivedAt: Date };

export async function parseMessage({ raw, recipients, receivedAt }: Received): Promise<Message> {
  // Without these two the parser makes HTML of the text, and text of the HTML.
  const mail = await simpleParser(raw, { skipTextToHtml: true, skipHtmlToText: true });
  const text = mail.text ?? '';
  const html = mail.html === false ? null : (mail.html ?? null);
  return {
    id: randomUUID(),
    receivedAt: receivedAt.toISOString(),
    from: mail.from?.text ?? '',
    recipients: recipients.map((address) => address.toLowerCase()),
    to: addressText(mail.to),
    subject: mail.subject ?? '',
    text,
    html,
    links: linksOf(text, html ?? ''),
  };
}

const addressText = (to: AddressObject | AddressObject[] | undefined) =>
  [to ?? []]
    .flat()
    .map((address) => address.text)
    .join(', ');

const entities: Record<string, string> = { '&amp;': '&', '&quot;': '"', '&#39;': "'", '&#x27;': "'" };

/** http and https only: what else stands in a letter is not for a click. */
function linksOf(text: string, html: string): string[] {
  const written = [...text.matchAll(/https?:\/\/[^\s<>"']+/g)].map(([link]) => link.replace(/[).,;:!?]+$/, ''));
  const anchors = [...html.matchAll(/\bhref\s*=\s*(?:"([^"]*)"|'([^']*)')/gi)]
    .map(([, double, single]) =>
      (double ?? single ?? '').replaceAll(/&(?:amp|quot|#39|#x27);/g, (entity) => entities[entity] ?? ''),
    )
    .filter((link) => /^https?:\/\//i.test(link));
  return [...new Set([...anchors, ...written])];
}
