import { expect, it } from 'vitest';
import type { Mail } from '@legendops/kit/mail/mailer';
import { invitationMailer } from './mailer.ts';

const written = async ({ name = 'Ada', organisation = 'Northwind' } = {}): Promise<Mail> => {
  const sent: Mail[] = [];
  await invitationMailer({ send: async (mail) => void sent.push(mail) }).invite({
    id: '<one.1@portal.test>',
    to: { name, address: 'ada@northwind.example' },
    organisation,
    link: 'https://portal.test/?link=secret',
    validDays: 14,
  });
  if (!sent[0]) throw new Error('Nothing was sent');
  return sent[0];
};

it('is sent under the id that it was given, other people’s text escaped', async () => {
  const { id, html } = await written({ organisation: 'Northwind <script>' });
  expect(id).toBe('<one.1@portal.test>');
  expect(html).toContain('Northwind &lt;script&gt;');
});

it('never hands on a name that would be a mail of its own: the greeting goes without it, the subject is one line', async () => {
  const { text, subject } = await written({
    name: 'Ada,\n\nyour account is closed: https://evil.example\n',
    organisation: 'Northwind\r\nBcc: everybody@evil.example\u202e',
  });
  expect(text).toMatch(/^Hello,\n/);
  expect(text).not.toContain('account is closed');
  expect(subject).toBe('Your invitation to Northwind Bcc: everybody@evil.example');
});
