import { afterAll, beforeAll, expect, it } from 'vitest';
import { startTeams, type Teams } from './server.ts';

let teams: Teams;
beforeAll(async () => {
  teams = await startTeams({ channels: ['Billing', 'Other'], now: () => new Date('2026-11-29T12:00:00Z') });
});
afterAll(() => teams.close());

const message = (body: object[]) => ({
  type: 'message',
  attachments: [
    {
      contentType: 'application/vnd.microsoft.card.adaptive',
      contentUrl: null,
      content: {
        $schema: 'http://adaptivecards.io/schemas/adaptive-card.json',
        type: 'AdaptiveCard',
        version: '1.4',
        body,
      },
    },
  ],
});
const run = (text: string) => ({ type: 'RichTextBlock', inlines: [{ type: 'TextRun', text }] });
const post = async (body: unknown, url = teams.webhookOf('Billing')) => {
  const answer = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  const text = await answer.text();
  return { status: answer.status, code: text === '' ? undefined : JSON.parse(text).error.code };
};

it('posts a card into the channel of its address', async () => {
  expect((await post(message([run('Hello')]))).status).toBe(202);
  expect(teams.cards('Billing')[0]).toMatchObject({ postedAt: '2026-11-29T12:00:00.000Z', text: 'Hello' });
  expect(teams.cards('Other')).toEqual([]);
});

it('reads Markdown in a text block, and none in a text run', async () => {
  const link = '[press](http://evil.example)';
  await post(message([{ type: 'TextBlock', text: link }]));
  expect(await (await fetch(teams.url)).text()).toContain('<a href="http://evil.example">press</a>');
  await fetch(`${teams.url}/_control/reset`, { method: 'POST' });
  await post(message([run(link)]));
  expect(await (await fetch(teams.url)).text()).not.toContain('href="http://evil.example"');
});

it.each<[string, unknown, string, number, string]>([
  ['another signature', message([run('x')]), 'sig=', 401, 'DirectApiInvalidAuthorizationScheme'],
  ['no version', message([run('x')]), 'api-version=', 400, 'MissingApiVersionParameter'],
  ['another workflow', message([run('x')]), 'workflows/', 404, 'WorkflowNotFound'],
])('refuses %s', async (_title, body, part, status, code) => {
  const url = teams.webhookOf('Billing').replace(part, part === 'api-version=' ? 'v=' : `${part}0`);
  expect(await post(body, url)).toEqual({ status, code });
});

it.each<[string, unknown, number]>([
  ['a message of the connectors of before', { text: 'Hello' }, 400],
  ['an element that Teams would leave out', message([{ type: 'Video' }]), 400],
  [
    'a link that is no address',
    message([{ type: 'ActionSet', actions: [{ type: 'Action.OpenUrl', title: 'x', url: 'javascript:1' }] }]),
    400,
  ],
  ['more than 28 KB', message([run('x'.repeat(29_000))]), 413],
])('refuses %s', async (_title, body, status) => {
  expect((await post(body)).status).toBe(status);
});

it('knows no workflow that was removed', async () => {
  teams.removeWorkflow('Other');
  expect((await post(message([run('x')]), teams.webhookOf('Other'))).code).toBe('WorkflowNotFound');
});
