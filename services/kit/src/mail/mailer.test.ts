import { afterAll, beforeAll, expect, it } from 'vitest';
import { startMailbox, type Mailbox } from '../../../../scripts/doubles/mailbox/server.ts';
import { createMailer, UndeliverableAddress, type Mail, type Mailer } from './mailer.ts';

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

const aMail = (changes: Partial<Mail> = {}): Mail => ({
  id: '<one@portal.test>',
  to: { name: 'Ada', address: 'ada@northwind.example' },
  subject: 'Words',
  text: 'Words',
  html: '<p>Words</p>',
  ...changes,
});

it('makes one header of a subject, whatever is in it', async () => {
  await mailer.send(aMail({ subject: 'Fabrikam\r\nBcc: everybody@evil.example\r\n\r\n<p>their own mail</p>' }));
  expect(mailbox.messages()[0]).toMatchObject({
    recipients: ['ada@northwind.example'],
    subject: 'Fabrikam Bcc: everybody@evil.example <p>their own mail</p>',
    text: expect.stringMatching(/^Words\s*$/),
  });
});

it.each([
  'ada@northwind.example, eve@evil.example',
  'ada@northwind.example\r\nBcc: eve@evil.example',
  'Ada <ada@northwind.example>',
  'ada',
  '',
])('sends nothing to %j, which is not one mailbox', async (address) => {
  const before = mailbox.messages().length;
  await expect(mailer.send(aMail({ to: { name: 'Ada', address } }))).rejects.toBeInstanceOf(UndeliverableAddress);
  expect(mailbox.messages()).toHaveLength(before);
});
