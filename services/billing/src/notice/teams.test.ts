import { expect, it } from 'vitest';
import { teamsAt } from './teams.ts';
import { teamsOrigins, workflowOrigins } from './teams-origins.ts';

const teams = teamsAt(teamsOrigins.parse(workflowOrigins));

it.each([
  'https://default0123.ab.environment.api.powerplatform.com:443/powerautomate/automations/direct/workflows/1/triggers/manual/paths/invoke?sig=x',
  'https://prod-12.westeurope.logic.azure.com:443/workflows/1/triggers/manual/paths/invoke?sig=x',
])('takes %s', (url) => {
  expect(teams.isAllowed(url)).toBe(true);
});

it.each([
  'https://environment.api.powerplatform.com.evil.example/',
  'https://evil.example/?.logic.azure.com',
  'https://evil.example#.logic.azure.com',
  'https://evil.example\\.logic.azure.com/',
  'https://logic.azure.com@evil.example/',
  'https://user:word@prod-1.westeurope.logic.azure.com/',
  'http://prod-1.westeurope.logic.azure.com/',
  'https://prod-1.westeurope.logic.azure.com:8443/',
  'https://prod-1.westeurope.logic.azure.com./',
  'https://notlogic.azure.com/',
  'https://logic.azure.com/',
  'https://127.0.0.1/',
  'https://[::ffff:127.0.0.1]/',
  'file:///etc/passwd',
  'nothing',
])('takes no %s', (url) => {
  expect(teams.isAllowed(url)).toBe(false);
});

it.each(['', 'evil.example', 'https://', 'https://*', 'ftp://a.example', 'https://a.example/path', '?'])(
  'is no configuration: %j',
  (text) => {
    expect(teamsOrigins.safeParse(text).success).toBe(false);
  },
);
