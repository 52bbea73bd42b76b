import { PlugZap, Unplug } from 'lucide-react';
import { askAdministrator } from '@legendops/kit/contract/permissions';
import { ButtonLink } from '../../components/button-link.tsx';
import { Status } from '../../components/status.tsx';
import { vendorWords } from '../../components/vendor-words.ts';
import { useMay } from '../../lib/session.ts';
import type { ConnectionWork } from './work-items.ts';
import { WorkGroup, WorkItem } from './work-group.tsx';

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
          title={
            state === 'missing' ? `Connect ${vendorWords[vendor].name}` : `Connect ${vendorWords[vendor].name} again`
          }
          detail={failure ?? vendorWords[vendor].purpose}
          nextStep={mayConnect ? undefined : askAdministrator}
          action={mayConnect && <ButtonLink to="/connections">Connect</ButtonLink>}
        />
      ))}
    </WorkGroup>
  );
};
