import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { chartValues, imageKeys, images, type ForCharts } from './chart-values.ts';
import { aDeployment, aRelease, people } from './testing/a-deployment.ts';
import { digestsIn } from './release-folder.ts';

const folder = mkdtempSync(join(tmpdir(), 'legendops-release-'));
afterAll(() => rmSync(folder, { recursive: true }));

const values = (changes: Partial<ForCharts> = {}, variables: Record<string, string | undefined> = people) =>
  chartValues(aDeployment(changes), aRelease, variables);

it('what a deployment tells goes where the charts want it', () => {
  expect(values()).toMatchObject({
    publicUrl: 'https://portal.legendops.test',
    database: { host: 'one.postgres.test', signIn: 'entra', administratorLogin: 'database-administrators' },
    settings: { url: 'https://settings.test' },
    traces: { signIn: 'azure' },
    vault: { billing: { url: 'https://billing.vault.test' }, operator: { url: 'https://operator.vault.test' } },
    media: { blobUrl: 'https://media.blob.test', publicUrl: 'https://media.legendops.test' },
    azure: {
      clientIds: {
        catalog: '10000000-0000-4000-8000-000000000003',
        operator: '10000000-0000-4000-8000-000000000005',
        migrations: '10000000-0000-4000-8000-000000000006',
      },
    },
    serviceTokens: { keysUrl: 'https://issuer.test/cluster/openid/v1/jwks' },
  });
});

it('each image is named by its digest, which no tag can move', () => {
  const told = values().images as Record<string, unknown>;
  for (const key of imageKeys) expect(told[key]).toEqual({ digest: aRelease.digests[key] });
});

it('a database on a server of its own is found there', () => {
  const databases = ['auth', 'billing', 'catalog', 'portal'].map((name) => ({
    host: `${name}.postgres.test`,
    databases: [`${name}_db`],
  }));
  expect(values({ databases }).database).toMatchObject({
    billing: { host: 'billing.postgres.test' },
    portal: { host: 'portal.postgres.test' },
  });
  expect(() => values({ databases: databases.slice(1) })).toThrow('No server of the deployment has auth_db');
  expect(() => values({ databases: [] })).toThrow('no database server');
});

it('what only people know is asked for, all of it at once', () => {
  const { LEGENDOPS_MAIL_FROM } = people;
  expect(() => values({}, { LEGENDOPS_MAIL_FROM })).toThrow(
    'LEGENDOPS_SIGN_IN_CLIENT_ID, LEGENDOPS_QUICKBOOKS_CLIENT_ID',
  );
});

it('an identity that was not made is named', () => {
  expect(() => values({ clientIds: [] })).toThrow('no identity auth');
});

it('digests are those that the builder wrote, and nothing else is taken for one', () => {
  for (const key of imageKeys)
    writeFileSync(
      join(folder, `${images[key]}.json`),
      JSON.stringify({ 'containerimage.digest': aRelease.digests[key] }),
    );
  expect(digestsIn(folder)).toEqual(aRelease.digests);
  writeFileSync(join(folder, 'auth.json'), JSON.stringify({ 'containerimage.digest': 'latest' }));
  expect(() => digestsIn(folder)).toThrow(join(folder, 'auth.json'));
});
