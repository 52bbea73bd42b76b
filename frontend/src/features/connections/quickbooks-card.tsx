import { ExternalLink } from 'lucide-react';
import { Button } from '../../components/button.tsx';
import { ActProblem } from '../../components/act-problem.tsx';
import { useConnectQuickBooks } from './connection-acts.ts';
import { ConnectionCard, type VendorCardProps } from './connection-card.tsx';
import { DisconnectButton } from './disconnect-button.tsx';

export const QuickBooksCard = ({ connection, mayConnect }: VendorCardProps) => {
  const connecting = useConnectQuickBooks();
  const connected = connection?.state === 'connected';
  return (
    <ConnectionCard
      name="QuickBooks"
      purpose="Approved invoices are posted to this company, each of them once."
      accountName="Company ID"
      connection={connection}
    >
      {connection?.state === 'paused' && (
        <p>Nothing is posted until that is put right and you have connected QuickBooks again.</p>
      )}
      <ActProblem error={connecting.error} />
      {mayConnect && (
        <div className="flex gap-2">
          <Button
            look={connected ? 'secondary' : 'primary'}
            pending={connecting.pending}
            onClick={() => connecting.run(undefined)}
          >
            {connected ? 'Reconnect QuickBooks' : 'Connect QuickBooks'}
            <ExternalLink aria-hidden />
          </Button>
          {connection !== undefined && <DisconnectButton connection={connection} />}
        </div>
      )}
    </ConnectionCard>
  );
};
