import { Pax8Webhook } from '@legendops/billing/partner-webhook/contract';
import { useQuery } from '@tanstack/react-query';
import { ActProblem } from '../../components/act-problem.tsx';
import { AskFirst } from '../../components/ask-first.tsx';
import { Button } from '../../components/button.tsx';
import type { ActKind } from '../../lib/act/perform-act.ts';
import { useAct } from '../../lib/act/use-act.ts';
import { refresh } from '../../lib/cache.ts';
import { formatInstant } from '../../lib/calendar.ts';
import { pax8Webhook, pax8WebhookPath } from '../../lib/queries/pax8-webhook.ts';
import { queryClient } from '../../lib/query-client.ts';
import { useMe } from '../../lib/session.ts';

const readAgain = () => void refresh(pax8WebhookPath);

const turnOn: ActKind<undefined, Pax8Webhook> = {
  request: () => ({ method: 'PUT', path: pax8WebhookPath }),
  answer: Pax8Webhook,
  done: (webhook) => void queryClient.setQueryData(pax8Webhook.queryKey, webhook),
  refused: readAgain,
};
const turnOff: ActKind<Pax8Webhook, void> = {
  request: () => ({ method: 'DELETE', path: pax8WebhookPath }),
  answer: null,
  done: readAgain,
  refused: readAgain,
};

/** Whether Pax8 tells us of changes as they happen: what it names is read by the next sync, whatever its list leaves out. */
export const Pax8Events = () => {
  const { data: webhook } = useQuery(pax8Webhook);
  return webhook === undefined ? null : webhook.isOn ? <On webhook={webhook} /> : <Off webhook={webhook} />;
};

const On = ({ webhook }: { webhook: Pax8Webhook }) => {
  const { timeZone } = useMe().tenant;
  const { lastEventAt, acts } = webhook;
  return (
    <div className="flex flex-wrap items-center justify-between gap-2">
      <p className="text-muted">
        Pax8 tells of changes as they happen.{' '}
        {lastEventAt === null ? 'It has told nothing yet.' : `The last one: ${formatInstant(lastEventAt, timeZone)}.`}
      </p>
      <AskFirst
        subject={webhook}
        act={useAct(turnOff)}
        look="quiet"
        offered={acts.turnOff.may}
        label="End events of Pax8"
        renderQuestion={() => ({
          title: 'End events of Pax8?',
          confirm: 'End events',
          body: <p>Subscriptions and usage are read every night all the same.</p>,
        })}
      >
        End events
      </AskFirst>
    </div>
  );
};

const Off = ({ webhook: { acts } }: { webhook: Pax8Webhook }) => {
  const turning = useAct(turnOn);
  if (!acts.turnOn.may) return null;
  return (
    <div className="flex flex-col gap-2">
      <div className="flex flex-wrap items-center justify-between gap-2">
        <p className="text-muted">
          Pax8 can tell of changes as they happen: what it names, no nightly list leaves out.
        </p>
        <Button onClick={() => turning.run(undefined)} pending={turning.pending} aria-label="Start events of Pax8">
          Start events
        </Button>
      </div>
      <ActProblem error={turning.error} />
    </div>
  );
};
