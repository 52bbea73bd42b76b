import { createHash } from 'node:crypto';
import express, { type ErrorRequestHandler } from 'express';
import * as z from 'zod';
import type { DoubleOptions } from '../../loopback/double-options.ts';
import { listen } from '../../loopback/listen.ts';
import { stateFile } from '../../loopback/state-file.ts';
import { faultControl, type FaultControl } from '../fault-control.ts';
import { escapeHtml, htmlPage } from '../html.ts';
import { Card, cardHtml, cardText, Message } from './card.ts';

export type TeamsOptions = DoubleOptions & {
  /** Each with a workflow that posts what its address is sent. */
  channels?: readonly string[];
  /** Where workflows are found by whoever posts to them, where that is another address than its own. */
  origin?: string | undefined;
};

type PostedCard = { channel: string; postedAt: string; card: Card; text: string };

export type Teams = {
  url: string;
  /** The address that the workflow of a channel has; whoever has it can post there. */
  webhookOf: (channel: string) => string;
  /** The newest first. */
  cards: (channel?: string) => readonly PostedCard[];
  /** Somebody removes the workflow of a channel. */
  removeWorkflow: (channel: string) => void;
  faults: FaultControl;
  close: () => Promise<void>;
};

type State = { cards: PostedCard[]; removed: string[] };

const kept = 200;
// Of a message with a card in it.
const mostBytes = 28 * 1024;
const path = '/powerautomate/automations/direct/workflows/:workflow/triggers/manual/paths/invoke';

const hashOf = (text: string): string => createHash('sha256').update(text).digest('hex');
const workflowOf = (channel: string): string => hashOf(`workflow ${channel}`).slice(0, 32);
const signatureOf = (channel: string): string => hashOf(`signature ${channel}`);

const refusal = (code: string, message: string) => ({ error: { code, message } });

/** Channels of Microsoft Teams, each with a workflow that posts cards into it. */
export async function startTeams(options: TeamsOptions = {}): Promise<Teams> {
  const { now = () => new Date(), log = () => {}, channels = ['Billing'] } = options;
  const initial = (): State => ({ cards: [], removed: [] });
  const state = stateFile({ directory: options.stateDirectory, name: 'teams', initial });
  const faults = faultControl({ reset: () => state.replace(initial()), now });
  const cards = (channel?: string) =>
    state.value.cards.filter((one) => channel === undefined || one.channel === channel);

  const app = express();
  app.disable('x-powered-by');
  app.post(path, express.json({ limit: '1mb' }), (req, res) => {
    const channel = channels.find((one) => workflowOf(one) === req.params.workflow);
    if (channel === undefined || state.value.removed.includes(channel))
      return void res.status(404).json(refusal('WorkflowNotFound', 'The workflow could not be found.'));
    const { searchParams } = new URL(req.url, 'http://teams');
    if (searchParams.get('api-version') === null)
      return void res.status(400).json(refusal('MissingApiVersionParameter', 'The api-version is required.'));
    if (searchParams.get('sig') !== signatureOf(channel))
      return void res.status(401).json(refusal('DirectApiInvalidAuthorizationScheme', 'The signature is not valid.'));
    const text = JSON.stringify(req.body ?? null);
    if (Buffer.byteLength(text) > mostBytes)
      return void res.status(413).json(refusal('RequestEntityTooLarge', 'The message is too large.'));
    const [attachment] = Message.parse(req.body).attachments;
    const card = Card.parse(attachment?.content);
    const posted = { channel, postedAt: now().toISOString(), card, text: cardText(card) };
    state.replace({ ...state.value, cards: [posted, ...state.value.cards].slice(0, kept) });
    return void res.status(202).end();
  });
  const base = () => `http://127.0.0.1:${server.port}`;
  const webhookOf = (channel: string): string =>
    `${options.origin ?? base()}${path.replace(':workflow', workflowOf(channel))}?api-version=1&sp=%2Ftriggers%2Fmanual%2Frun&sv=1.0&sig=${signatureOf(channel)}`;
  app.get('/', (_req, res) => {
    const addresses = channels.map(
      (channel) => `<li>${escapeHtml(channel)}<small>${escapeHtml(webhookOf(channel))}</small></li>`,
    );
    const shown = cards().map(
      ({ channel, postedAt, card }) =>
        `<li class="card"><small>${escapeHtml(channel)} · ${escapeHtml(postedAt)}</small>${cardHtml(card)}</li>`,
    );
    res.send(
      htmlPage({
        title: 'Teams (local)',
        body: `<main class="wide"><h1>Teams (local)</h1>
<p class="note">What is posted into channels ends here, newest first. The workflows of the channels have these addresses.</p>
<ul>${addresses.join('')}</ul><h2>Posted</h2>${shown.length === 0 ? '<p>Nothing yet.</p>' : `<ul>${shown.join('')}</ul>`}</main>`,
      }),
    );
  });
  app.get('/_control/cards', (_req, res) => void res.json(cards()));
  app.use((_req, res) => void res.status(404).json(refusal('NotFound', 'There is nothing here.')));
  app.use(teamsErrors(log));

  const server = await listen(faults.around(app), { port: options.port, host: options.host });
  return {
    url: base(),
    webhookOf,
    cards,
    removeWorkflow: (channel) => state.replace({ ...state.value, removed: [...state.value.removed, channel] }),
    faults,
    close: async () => {
      await server.close();
      state.close();
    },
  };
}

const teamsErrors =
  (log: (line: string) => void): ErrorRequestHandler =>
  (error: unknown, _req, res, _next) => {
    if (error instanceof z.ZodError || error instanceof SyntaxError)
      return res
        .status(400)
        .json(refusal('TriggerInputSchemaMismatch', `The input does not match the trigger: ${error.message}`));
    log(`teams: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
    return res.status(500).json(refusal('InternalServerError', 'Encountered internal server error.'));
  };
