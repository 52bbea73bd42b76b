import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Card, cardHtml } from '../../../../scripts/doubles/teams/card.ts';
import { startMailbox, type Mailbox } from '../../../../scripts/doubles/mailbox/server.ts';
import { createMailer, type Mailer } from '@legendops/kit/mail/mailer';
import { noticeCard } from './notice-card.ts';
import { noticeMail } from './notice-mail.ts';
import type { Told } from './notice-row.ts';

const publicUrl = 'https://portal.test';
const hostile = [
  '](http://evil.example)',
  '[press here](http://evil.example)',
  '<a href="http://evil.example">press here</a><script>x</script>',
  'Fabrikam\r\nBcc: eve@evil.example\r\n\r\nAnother mail',
  '{{DATE(2026-01-01T00:00:00Z, SHORT)}}',
  '"><img src=http://evil.example/x>',
  'x'.repeat(5_000),
  '\u202egnp.exe',
  '=cmd|calc',
  'http://evil.example www.evil.example',
];

const about = (text: string): Told => ({
  kind: 'failure',
  title: 'No price',
  customerName: text,
  period: '2026-10-01',
  amount: { minor: 12_345n, currency: 'USD' },
  detail: `${text} has no price`,
  nextStep: `Look at ${text}`,
  path: '/prices',
});

let mailbox: Mailbox;
let mailer: Mailer;
beforeAll(async () => {
  mailbox = await startMailbox();
  mailer = createMailer({ smtpUrl: mailbox.smtpUrl, from: 'LegendOps <no-reply@legendops.example>' });
});
afterAll(async () => {
  mailer.close();
  await mailbox.close();
});

const hrefs = (html: string): string[] => [...html.matchAll(/href="([^"]*)"/g)].map(([, href = '']) => href);

describe.each(hostile)('%j as a customer and an organisation', (text) => {
  it('is words in a mail: one recipient, one subject, links of ours alone', async () => {
    const mail = noticeMail({
      id: '0190f000-0000-7000-8000-00000000000a',
      to: { name: text, address: 'ada@northwind.example' },
      organisation: text,
      told: [about(text)],
      digestOn: null,
      publicUrl,
    });
    await mailer.send(mail);
    const [taken] = mailbox.messages();
    expect(taken?.recipients).toEqual(['ada@northwind.example']);
    expect(taken?.subject).not.toMatch(/[\r\n\u202e]/);
    expect(taken?.links.every((link) => link.startsWith(`${publicUrl}/`))).toBe(true);
    expect(taken?.html).not.toMatch(/<(script|img)/i);
    expect(mail.subject.length).toBeLessThan(500);
  });

  it('is words in a card: links of ours alone, and not more than Teams takes', () => {
    const told = Array.from({ length: 40 }, () => about(text));
    const message = noticeCard({ id: '0190f000-0000-7000-8000-00000000000a', organisation: text, told, publicUrl });
    const card = Card.parse(message.attachments[0]?.content);
    expect(hrefs(cardHtml(card)).every((href) => href.startsWith(`${publicUrl}/`))).toBe(true);
    expect(JSON.stringify(card)).not.toMatch(/"TextBlock"|\{\{|:\/\/evil/);
    expect(Buffer.byteLength(JSON.stringify(message))).toBeLessThan(28 * 1024);
  });
});
