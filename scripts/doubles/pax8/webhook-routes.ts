import { randomUUID } from 'node:crypto';
import express from 'express';
import type { Router } from 'express';
import * as z from 'zod';
import { Webhook } from './account.ts';
import { accountOf, found } from './partner-scope.ts';
import type { PartnerScope } from './partner-scope.ts';
import { Pax8Error } from './pax8-error.ts';

const Filter = z.object({ action: z.string(), conditions: z.array(z.looseObject({})) });
const CreateWebhook = z.object({
  displayName: z.string(),
  url: z.string().optional(),
  authorization: z.string().optional(),
  active: z.boolean().default(false),
  contactEmail: z.string().optional(),
  errorThreshold: z.int().max(20).default(3),
  integrationId: z.guid().optional(),
  webhookTopics: z.array(z.object({ topic: z.string(), filters: z.array(Filter) })).default([]),
});

const filterOf = (action: string, actionDisplayName: string) => ({
  action,
  actionDisplayName,
  description: `Subscriptions that are ${actionDisplayName.toLowerCase()}`,
  conditions: [],
});

/** The names are only known live: these are of the families that are documented. */
const topics = [
  {
    topic: 'SUBSCRIPTIONS',
    name: 'Subscriptions',
    description: 'What becomes of subscriptions',
    availableFilters: [filterOf('CREATED', 'Created'), filterOf('UPDATED', 'Updated')],
  },
  { topic: 'PROVISIONING', name: 'Provisioning', description: 'What becomes of orders', availableFilters: [] },
];

/** Webhooks, under a prefix of their own. Answers 200 to one that is made, not 201. */
export function webhookRoutes({ changed, now }: PartnerScope): Router {
  const router = express.Router();
  const sampleOf = (topic: (typeof topics)[number]) => ({
    accountId: randomUUID(),
    url: 'https://receiver.example/events',
    webhookId: randomUUID(),
    sentAt: now().toISOString(),
    webhookTopic: { id: randomUUID(), topic: topic.topic, filters: [] },
    payloadData: {},
  });

  // Totals at the top level, unlike everything else at Pax8.
  router.get('/topic-definitions', (_req, res) => {
    const content = topics.map((topic) => ({ ...topic, samplePayload: sampleOf(topic) }));
    res.json({ content, number: 0, size: 200, totalElements: content.length, totalPages: 1 });
  });
  router.post('/', (req, res) => {
    const command = CreateWebhook.safeParse(req.body);
    if (!command.success)
      throw new Pax8Error(
        400,
        'Invalid webhook',
        command.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`),
      );
    const unknown = command.data.webhookTopics.find(({ topic }) => !topics.some((one) => one.topic === topic));
    if (unknown) throw new Pax8Error(400, `There is no topic ${unknown.topic}`);
    const at = now().toISOString();
    const webhook = Webhook.parse({
      ...command.data,
      id: randomUUID(),
      accountId: randomUUID(),
      webhookTopics: command.data.webhookTopics.map((topic) => ({ id: randomUUID(), ...topic })),
      createdAt: at,
      updatedAt: at,
    });
    accountOf(res).webhooks.push(webhook);
    changed();
    res.json(webhook);
  });
  router.delete('/:id', (req, res) => {
    const account = accountOf(res);
    found(account.webhooks, 'Webhook', req.params.id);
    account.webhooks = account.webhooks.filter(({ id }) => id !== req.params.id);
    changed();
    res.status(204).end();
  });
  return router;
}
