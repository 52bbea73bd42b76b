import { createServer, type AddressInfo, type Server } from 'node:net';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createMailer, UndeliverableAddress, type Mail, type Mailer } from './mailer.ts';

/** A mail server of a few words: it answers RCPT TO as it is told and keeps what it takes. */
let rcptAnswer = '250 ok';
let taken = '';
let recipients: string[] = [];
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
        if (line.startsWith('RCPT')) {
          recipients.push(line);
          socket.write(`${rcptAnswer}\r\n`);
        } else if (line === 'DATA') socket.write('354 go on\r\n');
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

const send = (changes: Partial<Mail> = {}, answer = '250 ok'): Promise<unknown> => {
  rcptAnswer = answer;
  taken = '';
  recipients = [];
  return mailer
    .send({
      id: '<one.1@portal.test>',
      to: { name: 'Ada', address: 'ada@northwind.example' },
      subject: 'Words',
      text: 'Words',
      html: '<p>Words</p>',
      ...changes,
    })
    .catch((error: unknown) => error);
};

it('sends a mail under the id that it was given', async () => {
  expect(await send()).toBeUndefined();
  expect(taken).toContain('Message-ID: <one.1@portal.test>');
});

it('makes one header of a subject, and none of a name that would be a mail of its own', async () => {
  await send({
    subject: 'Fabrikam\r\nBcc: everybody@evil.example\u202e',
    to: { name: 'Ada,\n\nyour account is closed: https://evil.example\n', address: 'ada@northwind.example' },
  });
  expect(taken).not.toContain('account is closed');
  expect(taken).toMatch(/^To: ada@northwind\.example\r$/m);
  expect(taken).toMatch(/^Subject: Fabrikam Bcc:/m);
  expect(taken).not.toMatch(/^Bcc:/m);
  expect(taken).not.toMatch(/=E2=80=AE/);
});

it.each([
  'ada@northwind.example, eve@evil.example',
  'ada@northwind.example\r\nBcc: eve@evil.example',
  'Ada <ada@northwind.example>',
  'ada',
  '',
])('sends nothing to %j, which is not one mailbox', async (address) => {
  expect(await send({ to: { name: 'Ada', address } })).toBeInstanceOf(UndeliverableAddress);
  expect(recipients).toEqual([]);
});

it('tells an address that is refused for good from one that may be taken later', async () => {
  expect(await send({}, '550 5.1.1 no such mailbox')).toBeInstanceOf(UndeliverableAddress);
  const later = await send({}, '450 4.2.1 mailbox busy');
  expect(later).toBeInstanceOf(Error);
  expect(later).not.toBeInstanceOf(UndeliverableAddress);
});
