import { sql } from '@legendops/kit/db/sql';
import type { Transaction } from '@legendops/kit/db/transaction';
import { problem } from '@legendops/kit/errors/problem';
import { settleForeign } from '../book-entry/settle-foreign.ts';
import type { Settlement } from '../contract.ts';
import { settleNeeds } from '../link/tell-needs.ts';
import type { PostingCode } from './posting-reasons.ts';
import type { PostingRow } from './posting-row.ts';

const code: PostingCode = 'settled-by-hand';

/** Not while an attempt is under way, whose answer may be better than anybody's word; a later answer of it counts no more. */
const free = ({ id }: PostingRow) => sql`
  where id = ${id} and state <> 'posted' and (claimed_until is null or claimed_until <= now())`;

const settled = (changed: number): void => {
  if (changed === 1) return;
  throw problem('invoice.wrong-state', { detail: 'It is being looked for at this moment: try again in some minutes' });
};

const isThere = async (
  transaction: Transaction,
  posting: PostingRow,
  { quickBooksId, evidence }: Extract<Settlement, { outcome: 'in-quickbooks' }>,
): Promise<void> => {
  // In the company that it was sent to, whichever the newest try was meant for.
  const sent = await transaction.one(sql<{
    realm_id: string;
    realm_name: string;
    invoice_id: string;
    customer_id: string;
  }>`
    select e.realm_id, e.realm_name, i.id as invoice_id, i.customer_id
    from billing.postings e join billing.postings p on p.tenant_id = e.tenant_id and p.invoice_id = e.invoice_id
      join billing.invoices i on i.tenant_id = e.tenant_id and i.id = e.invoice_id
    where p.id = ${posting.id} and e.sent_at is not null and e.state <> 'voided' order by e.generation desc limit 1`);
  const other = await transaction.row(sql<{ doc_number: string }>`
    select doc_number from billing.postings
    where realm_id = ${sent.realm_id} and remote_id = ${quickBooksId} and id <> ${posting.id}`);
  if (other)
    throw problem('request.invalid', {
      places: [{ pointer: '/body/quickBooksId', code: 'invalid', detail: `That is invoice ${other.doc_number}` }],
    });
  settled(
    await transaction.change(sql`
      update billing.postings set state = 'posted', remote_id = ${quickBooksId}, remote_sync_token = '', code = ${code},
        detail = ${evidence}, realm_id = ${sent.realm_id}, realm_name = ${sent.realm_name}, attempts = attempts + 1,
        claimed_until = null
      ${free(posting)}`),
  );
  // Nobody asks any more what it waited for.
  const { realm_id: realmId, invoice_id: invoiceId, customer_id: customerId } = sent;
  await settleNeeds(transaction, { realmId, invoiceId, customerId });
  await settleForeign(transaction, realmId, quickBooksId);
};

const isNotThere = async (transaction: Transaction, posting: PostingRow, evidence: string): Promise<void> => {
  settled(
    await transaction.change(sql`
      update billing.postings set state = 'failed', code = ${code}, detail = ${evidence}, attempts = attempts + 1,
        claimed_until = null
      ${free(posting)}`),
  );
  // What was in the books once was sent, whatever became of it there: it is no draft again.
  await transaction.change(sql`
    update billing.postings e set sent_at = null from billing.postings p
    where p.id = ${posting.id} and e.tenant_id = p.tenant_id and e.invoice_id = p.invoice_id and e.sent_at is not null
      and e.state <> 'voided'`);
};

/** Ends a posting by a person's word, with what proves it: as posted, or as never written, which may be posted anew. */
export const settleByHand = (transaction: Transaction, posting: PostingRow, settlement: Settlement): Promise<void> =>
  settlement.outcome === 'in-quickbooks'
    ? isThere(transaction, posting, settlement)
    : isNotThere(transaction, posting, settlement.evidence);
