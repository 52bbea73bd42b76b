import { createServer, type AddressInfo, type Server } from 'node:net';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createMailer, UndeliverableAddress, type Mailer } from '@legendops/kit/mail/mailer';
import { invitationMailer } from './mailer.ts';

/** A mail server of a few words: it answers RCPT TO as it is told and keeps what it takes. */
let rcptAnswer = '250 ok';
let taken = '';
let server: Server;
let mailer: Mailer;

beforeAll(async () => {
  server = createServer((socket) => {
    let inData = false;
    socket.write('220 mail.test\r\n');
    socket.on('data', (chunk) => {
      if (inData) {
        taken += chunk.toString();
        inData = !taken.endsWith('\r\n.\r\n');
        if (!inData) socket.write('250 taken\r\n');
        return;
      }
      for (const line of chunk.toString().trim().split('\r\n')) {
        if (line.startsWith('RCPT')) socket.write(`${rcptAnswer}\r\n`);
        else if (line === 'DATA') socket.write('354 go on\r\n');
        else socket.write('250 ok\r\n');
        inData = line === 'DATA';
      }
    });
    socket.on('error', () => undefined);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  mailer = createMailer({
    smtpUrl: `smtp://127.0.0.1:${(server.address() as AddressInfo).port}`,
    from: 'LegendOps <no-reply@legendops.example>',
  });
});
afterAll(() => {
  mailer.close();
  server.close();
});

const invite = (answer: string, { name = 'Ada', organisation = 'Northwind <script>' } = {}): Promise<unknown> => {
  rcptAnswer = answer;
  taken = '';
  return invitationMailer(mailer)
    .invite({
      id: '<one.1@portal.test>',
      to: { name, address: 'ada@northwind.example' },
      organisation,
      link: 'https://portal.test/?link=secret',
      validDays: 14,
    })
    .catch((error: unknown) => error);
};

it('sends the mail under the id that it was given, other people’s text escaped', async () => {
  expect(await invite('250 ok')).toBeUndefined();
  expect(taken).toContain('Message-ID: <one.1@portal.test>');
  const withoutSoftBreaks = taken.replaceAll('=\r\n', '');
  expect(withoutSoftBreaks).toContain('Northwind &lt;script&gt;');
});

it('never hands on a name that would be a mail of its own: the greeting goes without it, the subject is one line', async () => {
  await invite('250 ok', {
    name: 'Ada,\n\nyour account is closed: https://evil.example\n',
    organisation: 'Northwind\r\nBcc: everybody@evil.example\u202e',
  });
  expect(taken).not.toContain('account is closed');
  expect(taken).toMatch(/^To: ada@northwind\.example\r$/m);
  expect(taken).toMatch(/^Subject: Your invitation to Northwind Bcc:/m);
  expect(taken).not.toMatch(/^Bcc:/m);
  expect(taken).not.toMatch(/=E2=80=AE/);
});

it('tells an address that is refused for good from one that may be taken later', async () => {
  expect(await invite('550 5.1.1 no such mailbox')).toBeInstanceOf(UndeliverableAddress);
  const later = await invite('450 4.2.1 mailbox busy');
  expect(later).toBeInstanceOf(Error);
  expect(later).not.toBeInstanceOf(UndeliverableAddress);
});
