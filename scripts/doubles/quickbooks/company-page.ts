import { escapeHtml, htmlPage } from '../html.ts';
import type { Company, QuickBooksObject } from './company.ts';

const title = 'QuickBooks (local)';

/** Lets a person see what arrived, and that it arrived once. */
export const companyPage = (companies: Company[]): string =>
  htmlPage({
    title,
    body: `<main class="wide"><h1>${title}</h1>
<p class="note">A stand-in for QuickBooks Online on this machine. It holds what the platform has posted.</p>
${companies.map(section).join('') || '<p>There is no company yet.</p>'}</main>`,
  });

function section({ realmId, name, country, currency, objects }: Company): string {
  const sales = [...objects.Invoice, ...objects.CreditMemo];
  const rows = sales.toReversed().map(row).join('');
  const table = `<table><thead><tr><th>Number</th><th>Customer</th><th>Date</th><th>Created</th>
<th class="number">Total</th><th class="number">Open</th><th>Id</th></tr></thead><tbody>${rows}</tbody></table>`;
  return `<section aria-label="${escapeHtml(name)}"><h2>${escapeHtml(name)}</h2><p class="note">Company ${realmId} · ${escapeHtml(country)} · ${escapeHtml(currency)} ·
${objects.Customer.length} customers · ${objects.Invoice.length} invoices · ${objects.CreditMemo.length} credit memos · ${objects.Payment.length} payments</p>
${sales.length === 0 ? '<p>No invoice yet.</p>' : table}</section>`;
}

function row({
  Id,
  DocNumber,
  CustomerRef,
  TxnDate,
  MetaData,
  TotalAmt,
  Balance,
  PrivateNote,
}: QuickBooksObject): string {
  const voided = PrivateNote?.startsWith('Voided') ? ' (void)' : '';
  const cells = [(DocNumber ?? '(none)') + voided, CustomerRef?.name ?? '', TxnDate ?? '', MetaData.CreateTime];
  const money = (amount: unknown) => `<td class="number">${Number(amount).toFixed(2)}</td>`;
  return `<tr>${cells.map((cell) => `<td>${escapeHtml(cell)}</td>`).join('')}${money(TotalAmt)}${money(Balance)}<td>${Id}</td></tr>`;
}
