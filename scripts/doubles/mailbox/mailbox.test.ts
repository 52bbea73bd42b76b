import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createTransport } from 'nodemailer';
import type { SendMailOptions } from 'nodemailer';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { startMailbox } from './server.ts';
import type { Mailbox, MailboxOptions } from './server.ts';

let mailbox: Mailbox;
const start = async (options: MailboxOptions = {}) => {
  mailbox = await startMailbox({ now: () => new Date('2026-10-15T12:00:00Z'), ...options });
};
beforeEach(() => start());
afterEach(() => mailbox.close());

const send = async (changes: SendMailOptions = {}) => {
  const transport = createTransport(mailbox.smtpUrl);
  await transport.sendMail({ from: 'LegendOps <no-reply@legendops.example>', to: 'ada@northwind.example', ...changes });
  transport.close();
};
const listed = async (query = '') => (await fetch(`${mailbox.url}/api/messages${query}`)).json();

test('a letter is read as text and as HTML, with its links', async () => {
  await send({
    subject: 'Willkommen, Zoë — “hi”',
    text: 'Come in: https://portal.example/invitations/abc?x=1&y=2. Bye',
    html: '<p>Come <a href="https://portal.example/invitations/abc?x=1&amp;y=2">in</a> <a href="javascript:alert(1)">x</a></p>',
  });
  expect(mailbox.messages()).toMatchObject([
    {
      receivedAt: '2026-10-15T12:00:00.000Z',
      from: '"LegendOps" <no-reply@legendops.example>',
      recipients: ['ada@northwind.example'],
      subject: 'Willkommen, Zoë — “hi”',
      html: expect.stringContaining('<p>Come'),
      links: ['https://portal.example/invitations/abc?x=1&y=2'],
    },
  ]);
  expect(await listed()).toEqual(mailbox.messages());
});

test('a letter of text alone has no HTML, and one of HTML alone no text', async () => {
  await send({ text: 'plain' });
  await send({ html: '<p>rich</p>' });
  expect(mailbox.messages().map(({ text, html }) => [text.trim(), html?.trim()])).toEqual([
    ['', '<p>rich</p>'],
    ['plain', undefined],
  ]);
});

test('letters are found by whom they were delivered to, blind copies too', async () => {
  await send({ subject: 'one', bcc: 'Eve@northwind.example' });
  await send({ subject: 'two', to: ['bob@northwind.example', 'ada@northwind.example'] });
  const subjects = async (to: string) =>
    (await listed(`?to=${encodeURIComponent(to)}`)).map(({ subject }: { subject: string }) => subject);
  expect(await subjects('ada@northwind.example')).toEqual(['two', 'one']);
  expect(await subjects('EVE@northwind.example')).toEqual(['one']);
  expect(await subjects('northwind.example')).toEqual([]);
});

test('a person reads the newest first, and a letter can run no script of ours', async () => {
  await send({ subject: 'older' });
  await send({ subject: '<b>newer</b>', text: 'https://portal.example/a', html: '<script>alert("x")</script>' });
  const list = await (await fetch(mailbox.url)).text();
  expect(list.indexOf('&lt;b&gt;newer')).toBeLessThan(list.indexOf('older'));
  const page = await (await fetch(`${mailbox.url}/messages/${mailbox.messages()[0]?.id}`)).text();
  expect(page).toContain('<a href="https://portal.example/a">');
  expect(page).toContain('sandbox="allow-popups allow-popups-to-escape-sandbox"');
  expect(page).not.toContain('<script>');
  expect((await fetch(`${mailbox.url}/messages/none`)).status).toBe(404);
});

test('the last 500 are kept, and all of them can be thrown away', async () => {
  const transport = createTransport({ ...connection(), pool: true, maxMessages: Infinity });
  const all = Array.from({ length: 501 }, (_, index) => index);
  await Promise.all(
    all.map((index) => transport.sendMail({ from: 'a@b.example', to: 'c@d.example', subject: String(index) })),
  );
  transport.close();
  expect(mailbox.messages()).toHaveLength(500);
  expect((await fetch(`${mailbox.url}/api/messages`, { method: 'DELETE' })).status).toBe(204);
  expect(await listed()).toEqual([]);
});

test('letters survive a restart', async () => {
  const stateDirectory = await mkdtemp(join(tmpdir(), 'mailbox-'));
  await mailbox.close();
  await start({ stateDirectory });
  await send({ subject: 'kept' });
  await mailbox.close();
  await start({ stateDirectory });
  expect(mailbox.messages()).toMatchObject([{ subject: 'kept' }]);
  await rm(stateDirectory, { recursive: true });
});

test('a sender that keeps its connection open does not keep the mailbox open', async () => {
  const transport = createTransport({ ...connection(), pool: true });
  await transport.sendMail({ from: 'a@b.example', to: 'c@d.example' });
  await mailbox.close();
  await expect(fetch(mailbox.url)).rejects.toThrow('fetch failed');
  transport.close();
  await start();
});

const connection = () => ({ host: '127.0.0.1', port: Number(new URL(mailbox.smtpUrl).port) });
