import { PlugZap, Unplug } from 'lucide-react';
import { ButtonLink } from '../../components/button-link.tsx';
import { Status } from '../../components/status.tsx';
import { vendorNames } from '../../components/vendor-names.ts';
import { useMay } from '../../lib/session.ts';
import { askAdministrator } from './ask-administrator.ts';
import type { ConnectionWork } from './work-items.ts';
import { WorkGroup, WorkItem } from './work-group.tsx';

const purpose: Record<ConnectionWork['vendor'], string> = {
  pax8: 'Customers, subscriptions and usage come from there.',
  quickbooks: 'Approved invoices are posted there.',
};

export const ConnectionGroup = ({ work }: { work: ConnectionWork[] }) => {
  const mayConnect = useMay('connection.write');
  return (
    <WorkGroup title="Connections">
      {work.map(({ id, vendor, state, failure }) => (
        <WorkItem
          key={id}
          status={
            state === 'missing' ? (
              <Status tone="warn" icon={Unplug}>
                Not connected
              </Status>
            ) : (
              <Status tone="bad" icon={PlugZap}>
                {state === 'paused' ? 'Paused' : 'Reconnect'}
              </Status>
            )
          }
          title={state === 'missing' ? `Connect ${vendorNames[vendor]}` : `Connect ${vendorNames[vendor]} again`}
          detail={failure ?? purpose[vendor]}
          nextStep={mayConnect ? undefined : askAdministrator}
          action={mayConnect && <ButtonLink to="/connections">Connect</ButtonLink>}
        />
      ))}
    </WorkGroup>
  );
};
