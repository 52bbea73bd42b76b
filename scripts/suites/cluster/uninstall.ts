import { eventually } from '@legendops/kit/testing/eventually';
import { provider, tenantNamespace } from './first-invoice.ts';
import { platformNamespace, type Platform } from './platform.ts';
import { podsIn } from './pods.ts';
import type { Seen } from './summary.ts';
import { postgresQuery } from './postgres-query.ts';

/** What an uninstall must leave, as kubectl names it. */
const kept = [
  ['crd', 'tenants.platform.legendops.io'],
  ['tenant', provider.name],
  ['namespace', tenantNamespace],
  ['-n', platformNamespace, 'secret', 'legendops-logins'],
  ['-n', platformNamespace, 'secret', 'legendops-keys'],
] as const;

const rowsOf = async (platform: Platform): Promise<string> => {
  const [invoices] = await postgresQuery<{ count: string }>(
    platform,
    'billing_db',
    'select count(*) from billing.invoices',
  );
  const [customers] = await postgresQuery<{ count: string }>(
    platform,
    'portal_db',
    'select count(*) from portal.customers',
  );
  return `${invoices?.count} invoices, ${customers?.count} customers`;
};

/** `helm uninstall` ends every pod, and leaves definitions, tenants, their namespaces, Secrets that cannot be made again, and all rows. */
export const uninstall = async (platform: Platform): Promise<Seen> => {
  const { kubectl, helm } = platform.machine;
  const before = await rowsOf(platform);
  await helm(['uninstall', 'legendops', '-n', platformNamespace, '--wait', '--timeout', '5m']);
  await helm(['uninstall', 'legendops-crds', '-n', 'default', '--wait']);
  // Helm waits for what it deleted, and pods drain a little longer.
  const hasEnded = async (): Promise<boolean> =>
    (await podsIn(platform.machine, platformNamespace)).every(({ status }) => status.phase !== 'Running');
  await eventually('every pod has ended', hasEnded, { withinMs: 60_000, everyMs: 500 });
  for (const what of kept) await kubectl(['get', ...what]);
  const after = await rowsOf(platform);
  if (after !== before) throw new Error(`of ${before} there are ${after}`);
  return {
    count: kept.length,
    of: 'things kept: definition, Tenant, namespace, two Secrets',
    figures: [`and ${after}`],
  };
};
