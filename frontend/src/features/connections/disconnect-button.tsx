import type { Connection } from '@legendops/billing/contract';
import { AskFirst } from '../../components/ask-first.tsx';
import { vendorWords } from '../../components/vendor-words.ts';
import { useDisconnect } from './connection-acts.ts';

const whatStops: Record<Connection['vendor'], string> = {
  pax8: 'Usage and subscriptions are no longer fetched, and nothing new is billed. What was fetched and billed stays.',
  quickbooks: 'Invoices are no longer posted. Those that are on their way wait until QuickBooks is connected again.',
};

/** Gives an account up; the card says afterwards that the vendor is not connected. */
export const DisconnectButton = ({ connection }: { connection: Connection }) => (
  <AskFirst
    subject={connection}
    act={useDisconnect()}
    look="quiet"
    label={`Disconnect ${vendorWords[connection.vendor].name}`}
    renderQuestion={({ vendor, account }) => ({
      title: `Disconnect ${vendorWords[vendor].name}?`,
      confirm: `Disconnect ${vendorWords[vendor].name}`,
      look: 'danger',
      body: (
        <>
          <p>{whatStops[vendor]}</p>
          <p className="text-muted">
            The credentials of account <strong className="break-words">{account}</strong> are deleted, and another
            organisation may connect it.
          </p>
        </>
      ),
    })}
  >
    Disconnect
  </AskFirst>
);
