import express from 'express';
import type { Express } from 'express';
import { listen } from '../../loopback/listen.ts';
import { stateFile } from '../../loopback/state-file.ts';
import { listPage, messagePage, noSuchPage } from './mailbox-pages.ts';
import { parseMessage } from './message.ts';
import type { Message } from './message.ts';
import { smtpSink } from './smtp-sink.ts';

export type MailboxOptions = {
  /** 0 or absent: any free port. */
  smtpPort?: number | undefined;
  port?: number | undefined;
  host?: string | undefined;
  stateDirectory?: string | undefined;
  log?: ((line: string) => void) | undefined;
  now?: (() => Date) | undefined;
};

export type Mailbox = {
  url: string;
  smtpUrl: string;
  /** Newest first. */
  messages: () => readonly Message[];
  close: () => Promise<void>;
};

const kept = 500;

/** Where all mail of the local platform ends: SMTP in, a page and JSON out. */
export async function startMailbox(options: MailboxOptions = {}): Promise<Mailbox> {
  const { now = () => new Date(), log = () => {} } = options;
  const initial = (): { messages: Message[] } => ({ messages: [] });
  const state = stateFile({ directory: options.stateDirectory, name: 'mailbox', initial });
  const messages = () => state.value.messages;
  const smtp = await smtpSink({
    port: options.smtpPort ?? 0,
    host: options.host,
    log,
    receive: async (raw, recipients) => {
      const message = await parseMessage({ raw, recipients, receivedAt: now() });
      state.replace({ messages: [message, ...messages()].slice(0, kept) });
    },
  });
  const app = mailboxApp({ messages, clear: () => state.replace(initial()) });
  const server = await listen(app, { port: options.port, host: options.host });
  return {
    url: `http://127.0.0.1:${server.port}`,
    smtpUrl: `smtp://127.0.0.1:${smtp.port}`,
    messages,
    close: async () => {
      await Promise.all([smtp.close(), server.close()]);
      state.close();
    },
  };
}

function mailboxApp({ messages, clear }: { messages: () => readonly Message[]; clear: () => void }): Express {
  const app = express();
  app.disable('x-powered-by');
  app.get('/', (_req, res) => {
    res.send(listPage(messages()));
  });
  app.get('/messages/:id', (req, res) => {
    const message = messages().find(({ id }) => id === req.params.id);
    if (message) res.send(messagePage(message));
    else res.status(404).send(noSuchPage());
  });
  app.get('/api/messages', (req, res) => {
    const to = new URL(req.url, 'http://mailbox').searchParams.get('to')?.toLowerCase();
    res.json(messages().filter(({ recipients }) => to === undefined || recipients.includes(to)));
  });
  app.delete('/api/messages', (_req, res) => {
    clear();
    res.status(204).end();
  });
  return app;
}
