import type { Connection } from '@legendops/billing/contract';
import { CircleCheck, PlugZap, Unplug } from 'lucide-react';
import { useId, type ReactNode } from 'react';
import { Status } from '../../components/status.tsx';
import { formatInstant } from '../../lib/calendar.ts';
import { useMe } from '../../lib/session.ts';

/** What a vendor's own card is made of. */
export interface VendorCardProps {
  connection: Connection | undefined;
  mayConnect: boolean;
}

/** What a card tells of a connection, whichever service keeps it. */
type ShownConnection = Pick<Connection, 'state' | 'accountName' | 'failure' | 'account' | 'updatedAt'>;

interface ConnectionCardProps {
  name: string;
  purpose: string;
  /** What the vendor calls the account. */
  accountName: string;
  connection: ShownConnection | undefined;
  children: ReactNode;
}

export const ConnectionCard = ({ name, purpose, accountName, connection, children }: ConnectionCardProps) => {
  const headingId = useId();
  const { timeZone } = useMe().tenant;
  return (
    <section aria-labelledby={headingId} className="flex flex-col gap-4 rounded-lg border border-line bg-surface p-4">
      <div>
        <div className="flex items-center justify-between gap-3">
          <h2 id={headingId} className="text-lead font-semibold">
            {name}
          </h2>
          <ConnectionState connection={connection} />
        </div>
        <p className="text-muted">{purpose}</p>
      </div>
      {connection !== undefined && (
        <dl className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-4 gap-y-1">
          {connection.accountName !== null && (
            <>
              <dt className="text-muted">Company</dt>
              <dd className="font-medium break-words">{connection.accountName}</dd>
            </>
          )}
          {connection.failure !== null && (
            <>
              <dt className="text-muted">Reason</dt>
              <dd className="font-medium break-words">{connection.failure}</dd>
            </>
          )}
          <dt className="text-muted">{accountName}</dt>
          <dd className="break-words">{connection.account}</dd>
          <dt className="text-muted">Changed</dt>
          <dd>{formatInstant(connection.updatedAt, timeZone)}</dd>
        </dl>
      )}
      {children}
    </section>
  );
};

const ConnectionState = ({ connection }: { connection: ShownConnection | undefined }) => {
  if (connection === undefined)
    return (
      <Status tone="quiet" icon={Unplug}>
        Not connected
      </Status>
    );
  return connection.state === 'connected' ? (
    <Status tone="ok" icon={CircleCheck}>
      Connected
    </Status>
  ) : (
    <Status tone="bad" icon={PlugZap}>
      {connection.state === 'paused' ? 'Paused' : 'Reconnect'}
    </Status>
  );
};
