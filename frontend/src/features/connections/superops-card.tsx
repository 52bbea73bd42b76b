import type { SuperOpsConnection } from '@legendops/portal/superops/contract';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { ActProblem } from '../../components/act-problem.tsx';
import { AskFirst } from '../../components/ask-first.tsx';
import { Button } from '../../components/button.tsx';
import { useKept } from '../../components/draft-form.tsx';
import { Notice } from '../../components/notice.tsx';
import { ProblemNotice } from '../../components/problem-notice.tsx';
import { superOpsConnection } from '../../lib/queries/superops.ts';
import { ConnectionCard } from './connection-card.tsx';
import { regionWords } from './region-words.ts';
import { useCheckSuperOps, useConnectSuperOps, useDisconnectSuperOps } from './superops-acts.ts';
import { SuperOpsMirror } from './superops-mirror.tsx';
import { superOpsDraft, SuperOpsForm } from './superops-form.tsx';

export const SuperOpsCard = () => {
  const { data, isError, error, refetch } = useQuery(superOpsConnection);
  const connecting = useConnectSuperOps();
  const [replacing, setReplacing] = useState(useKept(superOpsDraft));
  const connection = data?.connection ?? undefined;
  const mayConnect = data?.acts.connect.may === true;
  const asking = mayConnect && (connection === undefined || connection.state === 'reconnect' || replacing);
  return (
    <ConnectionCard
      name="SuperOps"
      purpose="The clients of your service desk, each linked to a customer once."
      accountName="Subdomain"
      connection={connection && cardOf(connection)}
    >
      {isError && <ProblemNotice error={error} onRetry={refetch} />}
      {connecting.done && !asking && (
        <Notice tone="ok" title="SuperOps is connected">
          Press “Confirm link” under “Links” next, for each client that is a customer.
        </Notice>
      )}
      {connection?.nextStep && <p>{connection.nextStep}.</p>}
      {connection !== undefined && <SuperOpsMirror />}
      {asking && (
        <SuperOpsForm
          act={connecting}
          known={connection}
          onConnected={() => setReplacing(false)}
          onCancel={replacing ? () => setReplacing(false) : undefined}
        />
      )}
      {mayConnect && connection !== undefined && !replacing && (
        <ConnectionActs connection={connection} onReplace={asking ? undefined : () => setReplacing(true)} />
      )}
    </ConnectionCard>
  );
};

const cardOf = ({ region, subdomain, ...connection }: SuperOpsConnection) => ({
  ...connection,
  accountName: null,
  account: `${subdomain}, ${regionWords[region]}`,
});

interface ConnectionActsProps {
  connection: SuperOpsConnection;
  onReplace: (() => void) | undefined;
}

const ConnectionActs = ({ connection, onReplace }: ConnectionActsProps) => {
  const checking = useCheckSuperOps();
  return (
    <>
      <ActProblem error={checking.error} />
      <div className="flex flex-wrap gap-2">
        {connection.state === 'paused' && (
          <Button pending={checking.pending} onClick={() => checking.run(undefined)}>
            Check again
          </Button>
        )}
        {onReplace && <Button onClick={onReplace}>Replace token</Button>}
        <AskFirst
          subject={connection}
          act={useDisconnectSuperOps()}
          look="quiet"
          label="Disconnect SuperOps"
          renderQuestion={({ subdomain }) => ({
            title: 'Disconnect SuperOps?',
            confirm: 'Disconnect SuperOps',
            look: 'danger',
            body: (
              <>
                <p>
                  Clients are no longer read. Which customer each of them is stays known for when it is connected again.
                </p>
                <p className="text-muted">
                  The token of <strong className="break-words">{subdomain}</strong> is no longer used, and another
                  organisation may connect the account.
                </p>
              </>
            ),
          })}
        >
          Disconnect
        </AskFirst>
      </div>
    </>
  );
};
