import { useState } from 'react';
import { Button } from '../../components/button.tsx';
import { CancelEdit } from '../../components/cancel-edit.tsx';
import { DraftForm, useKept } from '../../components/draft-form.tsx';
import { TextField } from '../../components/fields.tsx';
import { Notice } from '../../components/notice.tsx';
import { textOf } from '../../components/text-of.ts';
import { ActProblem } from '../../components/act-problem.tsx';
import { placeOf } from '../../lib/problem.ts';
import { useConnectPax8 } from './connection-acts.ts';
import { ConnectionCard, type VendorCardProps } from './connection-card.tsx';
import { DisconnectButton } from './disconnect-button.tsx';
import { Pax8Events } from './pax8-events.tsx';

export const Pax8Card = ({ connection, mayConnect }: VendorCardProps) => {
  const connecting = useConnectPax8();
  const [replacing, setReplacing] = useState(useKept('connection.pax8'));
  const asking = mayConnect && (connection?.state !== 'connected' || replacing);
  return (
    <ConnectionCard
      name="Pax8"
      purpose="Customers, subscriptions and usage, fetched every night."
      accountName="Client ID"
      connection={connection}
    >
      {connecting.done && !asking && (
        <Notice tone="ok" title="Pax8 is connected">
          Press “Import from Pax8” under “Customers” next.
        </Notice>
      )}
      {asking && (
        <DraftForm
          name="connection.pax8"
          act={connecting}
          onSubmit={(form) =>
            connecting.run(
              { clientId: textOf(form, 'clientId').trim(), clientSecret: textOf(form, 'clientSecret') },
              () => setReplacing(false),
            )
          }
        >
          <TextField
            label="Client ID"
            name="clientId"
            required
            maxLength={200}
            error={placeOf(connecting.error, 'clientId')}
            hint="In Pax8 under Integrations, Credentials."
          />
          <TextField
            label="Client secret"
            name="clientSecret"
            type="password"
            autoComplete="new-password"
            required
            maxLength={500}
            error={placeOf(connecting.error, 'clientSecret')}
            hint="Kept in a vault; nobody can read it here again."
          />
          <ActProblem error={connecting.error} />
          <div className="flex gap-2">
            <Button type="submit" look="primary" pending={connecting.pending}>
              Connect Pax8
            </Button>
            {replacing && <CancelEdit onCancel={() => setReplacing(false)} />}
          </div>
        </DraftForm>
      )}
      {connection?.state === 'connected' && !asking && <Pax8Events />}
      {mayConnect && connection !== undefined && !replacing && (
        <div className="flex gap-2">
          {!asking && <Button onClick={() => setReplacing(true)}>Replace credentials</Button>}
          <DisconnectButton connection={connection} />
        </div>
      )}
    </ConnectionCard>
  );
};
