import type { Endpoints } from '../local/endpoints.ts';
import type { SeededPeople } from '../seed/seed.ts';

const services = ['auth', 'billing', 'catalog', 'portal'];

/** What a person needs after the start: where to click, and where everything is. */
export const summaryTable = (
  endpoints: Endpoints,
  people: SeededPeople,
  { seconds, directory }: { seconds: number; directory: string },
): string => {
  const { gateway, kubeconfig, postgres } = endpoints;
  const signIns = people.map(({ label, email }) => [
    label,
    `${gateway}/api/auth/v1/sign-in?loginHint=${encodeURIComponent(email)}`,
  ]);
  const rows: string[][] = [
    ['Portal', gateway],
    ...signIns,
    [],
    ['API documents', services.map((name) => `${gateway}/api/${name}/openapi.json`).join('\n')],
    ['kubectl', `kubectl --kubeconfig ${kubeconfig} get tenants`],
    ['PostgreSQL', Object.values(postgres).join('\n')],
    ['Mailbox', endpoints.mailbox],
    ['Pax8 (local)', endpoints.pax8],
    ['QuickBooks (local)', endpoints.quickbooks],
    ['SuperOps (local)', endpoints.superops],
    ['Teams (local)', endpoints.teams],
    ['Sign-in (local)', endpoints.issuer],
    ['Key Vault (local)', endpoints.vault],
    ['Blob storage (local)', endpoints.blob],
  ];
  const width = Math.max(...rows.map(([label = '']) => label.length)) + 2;
  const lines = rows.flatMap(([label = '', value = '']) =>
    value.split('\n').map((line, index) => `  ${(index === 0 ? label : '').padEnd(width)}${line}`.trimEnd()),
  );
  return `\n${lines.join('\n')}\n\n  Ready after ${seconds.toFixed(1)} s, for Chrome, Edge or Firefox.\n  Ctrl-C stops everything; the state stays in ${directory}.\n\n`;
};
