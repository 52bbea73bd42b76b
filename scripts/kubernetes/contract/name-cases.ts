import { expect, it } from 'vitest';
import type { Cluster } from '../testing/cluster.ts';
import { aTenant, messagesOf, tenantsPath } from './paths.ts';

/** What a Tenant may be called: its names stand in mails and pages. */
export const nameCases = (cluster: () => Cluster): void => {
  const call = (...[request]: Parameters<Cluster['request']>) => cluster().request(request);

  it.each(['\n', '\u0085', '\u00ad', '\u200b', '\u200d', '\u202e', '\u2028', '\u2066', '\ufeff'])(
    'refuses a name with a character that cannot be seen (case %#)',
    async (hidden) => {
      for (const spec of [
        { displayName: `Northwind${hidden}IT` },
        { admins: [{ email: 'ada@northwind.example', name: `Ada${hidden}Lovelace` }] },
      ]) {
        const { status, body } = await call({ method: 'POST', path: tenantsPath, body: aTenant('refused', spec) });
        expect(status).toBe(422);
        expect(messagesOf(body)).toEqual([expect.stringContaining('characters that cannot be seen')]);
      }
    },
  );

  it('takes names of all scripts', async () => {
    const names = ['Müller & Söhne', '株式会社 例', 'שלום', 'Zoë 😀'];
    for (const displayName of names) {
      const path = `${tenantsPath}?dryRun=All`;
      const { status } = await call({ method: 'POST', path, body: aTenant('named', { displayName }) });
      expect(status).toBe(201);
    }
  });
};
