import type { InvoiceDetail } from '@legendops/billing/contract';
import { useQuery } from '@tanstack/react-query';
import { LastAct } from '../../components/last-act.tsx';
import { lastActs } from '../../lib/queries/audit.ts';

/** Who approved it, asked for its posting, and so on; a draft is a run's, and no person has done anything to it. */
export const InvoiceLastAct = ({ invoice: { id, version } }: { invoice: InvoiceDetail }) => {
  const { data: [entry] = [] } = useQuery(lastActs({ type: 'invoice', ids: [id], version }));
  return entry === undefined ? null : <LastAct entry={entry} />;
};
