import type { NoticeSettings, TeamsChannel } from '@legendops/billing/notice/contract';
import { CircleCheck, PlugZap, Unplug } from 'lucide-react';
import { useState } from 'react';
import { AskFirst } from '../../components/ask-first.tsx';
import { Button } from '../../components/button.tsx';
import { useKept } from '../../components/draft-form.tsx';
import { Notice } from '../../components/notice.tsx';
import { Section } from '../../components/section.tsx';
import { Status } from '../../components/status.tsx';
import { formatInstant } from '../../lib/calendar.ts';
import { useMe } from '../../lib/session.ts';
import { useDisconnectTeams } from './notice-acts.ts';
import { teamsDraft, TeamsForm } from './teams-form.tsx';
import { TeamsKinds } from './teams-kinds.tsx';

/** The channel of Teams that everybody's notices go to. */
export const TeamsSection = ({ teams, acts }: Pick<NoticeSettings, 'teams' | 'acts'>) => {
  const mayConnect = acts.connectTeams.may;
  const [replacing, setReplacing] = useState(useKept(teamsDraft));
  const asking = mayConnect && (teams === null || replacing);
  return (
    <Section title="Teams" about="One channel for all of your organisation." actions={<ChannelState teams={teams} />}>
      <div className="flex flex-col gap-4 rounded-lg border border-line bg-surface p-4">
        {teams !== null && <Channel teams={teams} />}
        {teams === null && !mayConnect && <p className="text-muted">No channel is connected.</p>}
        {asking && (
          <TeamsForm
            onConnected={() => setReplacing(false)}
            onCancel={teams === null ? undefined : () => setReplacing(false)}
          />
        )}
        {teams !== null && <TeamsKinds key={teams.kinds.join(' ')} kinds={teams.kinds} mayChange={mayConnect} />}
        {mayConnect && teams !== null && !asking && (
          <div className="flex flex-wrap gap-2">
            <Button onClick={() => setReplacing(true)}>Replace address</Button>
            <DisconnectTeams teams={teams} />
          </div>
        )}
      </div>
    </Section>
  );
};

const Channel = ({ teams: { host, connectedAt, failure } }: { teams: TeamsChannel }) => {
  const { timeZone } = useMe().tenant;
  return (
    <>
      {failure !== null && (
        <Notice tone="bad" title="Teams does not take what is sent there">
          {failure}. What it refused is below; it is not sent again.
        </Notice>
      )}
      <dl className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-4 gap-y-1">
        <dt className="text-muted">Workflow at</dt>
        <dd className="break-words">{host}</dd>
        <dt className="text-muted">Connected</dt>
        <dd>{formatInstant(connectedAt, timeZone)}</dd>
      </dl>
    </>
  );
};

const ChannelState = ({ teams }: Pick<NoticeSettings, 'teams'>) => {
  if (teams === null)
    return (
      <Status tone="quiet" icon={Unplug}>
        Not connected
      </Status>
    );
  return teams.failure === null ? (
    <Status tone="ok" icon={CircleCheck}>
      Connected
    </Status>
  ) : (
    <Status tone="bad" icon={PlugZap}>
      Refuses
    </Status>
  );
};

const DisconnectTeams = ({ teams }: { teams: TeamsChannel }) => (
  <AskFirst
    subject={teams}
    act={useDisconnectTeams()}
    look="quiet"
    label="Disconnect Teams"
    renderQuestion={({ host }) => ({
      title: 'Disconnect Teams?',
      confirm: 'Disconnect Teams',
      look: 'danger',
      body: (
        <>
          <p>Nothing is posted into the channel any more. Mails go on as each person has chosen.</p>
          <p className="text-muted">
            The address at <strong className="break-words">{host}</strong> is no longer used.
          </p>
        </>
      ),
    })}
  >
    Disconnect
  </AskFirst>
);
