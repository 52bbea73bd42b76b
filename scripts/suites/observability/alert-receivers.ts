import { json } from 'node:stream/consumers';
import { listen } from '../../loopback/listen.ts';

interface SlackMessage {
  channel: string;
  attachments: { title: string; text: string }[];
}
interface WebhookMessage {
  authorization: string | undefined;
  status: string;
  alerts: { labels: Record<string, string>; annotations: Record<string, string> }[];
}

export interface AlertReceivers {
  slackUrl: string;
  webhookUrl: string;
  /** Oldest first. */
  slack: SlackMessage[];
  webhook: WebhookMessage[];
  close(): Promise<void>;
}

/** An incoming webhook of Slack's shape, which answers `ok` in plain text, and one of Alertmanager's own. */
export const startAlertReceivers = async (): Promise<AlertReceivers> => {
  const slack: SlackMessage[] = [];
  const webhook: WebhookMessage[] = [];
  const server = await listen(async (request, response) => {
    const body = (await json(request)) as object;
    if (request.url === '/services/T0/B0/secret') slack.push(body as SlackMessage);
    else if (request.url === '/alerts')
      webhook.push({
        ...(body as Omit<WebhookMessage, 'authorization'>),
        authorization: request.headers.authorization,
      });
    else return response.writeHead(404).end('no_service');
    return response.writeHead(200, { 'content-type': 'text/plain' }).end('ok');
  }, {});
  const url = `http://127.0.0.1:${server.port}`;
  return {
    slackUrl: `${url}/services/T0/B0/secret`,
    webhookUrl: `${url}/alerts`,
    slack,
    webhook,
    close: server.close,
  };
};
