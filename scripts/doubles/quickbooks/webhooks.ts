import { createHmac, randomUUID } from 'node:crypto';
import type { EntityName } from './company.ts';

export type WebhookOptions = {
  /** Where an application has said that it wants to hear of changes. */
  url: string;
  /** By which it knows that it is QuickBooks. */
  verifier: string;
  /** The shape of before 2026 is sent until an application has moved. */
  shape?: 'cloud-events' | 'notifications';
};

export type Told = { realmId: string; entity: EntityName; id: string; operation: 'created' | 'updated' | 'deleted' };

type Deps = WebhookOptions & { now: () => Date; log: (line: string) => void };

// The vendor asks for an answer within this; it then tries for hours, which nobody here would wait for.
const answerMs = 3_000;
const retryMs = [100, 1_000];

/** Tells an application of changes, of several companies in one delivery, signed over its bytes. */
export function webhooks({ url, verifier, shape = 'cloud-events', now, log }: Deps) {
  let waiting: Told[] = [];
  let delivering: Promise<void> | undefined;

  const cloudEvents = (told: Told[]) =>
    told.map(({ realmId, entity, id, operation }) => ({
      specversion: '1.0',
      id: randomUUID(),
      source: 'intuit.double',
      type: `qbo.${entity.toLowerCase()}.${operation}.v1`,
      time: now().toISOString(),
      intuitentityid: id,
      intuitaccountid: realmId,
    }));
  const notifications = (told: Told[]) => ({
    eventNotifications: [...Map.groupBy(told, ({ realmId }) => realmId)].map(([realmId, of]) => ({
      realmId,
      dataChangeEvent: {
        entities: of.map(({ entity, id, operation }) => ({
          name: entity,
          id,
          operation: operation.replace(/^c/, 'C').replace(/^u/, 'U').replace(/^d/, 'D').replace(/d$/, ''),
          lastUpdated: now().toISOString(),
        })),
      },
    })),
  });
  const post = async (body: string): Promise<boolean> => {
    const signature = createHmac('sha256', verifier).update(body).digest('base64');
    const headers = { 'content-type': 'application/json', 'intuit-signature': signature };
    const answer = await fetch(url, { method: 'POST', headers, body, signal: AbortSignal.timeout(answerMs) }).catch(
      () => undefined,
    );
    return answer?.status === 200;
  };
  const deliver = async (): Promise<void> => {
    const told = waiting.splice(0);
    const body = JSON.stringify(shape === 'cloud-events' ? cloudEvents(told) : notifications(told));
    for (const wait of [0, ...retryMs]) {
      await new Promise((resolve) => setTimeout(resolve, wait));
      if (await post(body)) return;
    }
    log(`quickbooks: nobody took a delivery at ${url}`);
  };
  const run = async (): Promise<void> => {
    while (waiting.length > 0) await deliver();
    delivering = undefined;
  };
  return {
    tell: (told: Told): void => {
      waiting.push(told);
      delivering ??= run();
    },
    /** Resolves when nothing is under way. */
    idle: async (): Promise<void> => delivering,
    stop: (): void => {
      waiting = [];
    },
  };
}
