import type { SeatPushDetail } from '@legendops/portal/seat-push/contract';
import { useQuery } from '@tanstack/react-query';
import { BackLink } from '../../components/back-link.tsx';
import { Notice } from '../../components/notice.tsx';
import { Page } from '../../components/page.tsx';
import { PageView } from '../../components/page-view.tsx';
import { formatInstant, formatMonth } from '../../lib/calendar.ts';
import { seatPush } from '../../lib/queries/seats.ts';
import { useMe } from '../../lib/session.ts';
import { ApprovePush, ComparePushAgain, RejectPush, SendPush } from './push-buttons.tsx';
import { PushLines } from './push-lines.tsx';
import { PushState } from './push-state.tsx';

interface SeatPushPageProps {
  pushId: string;
  onPush: (id: string) => void;
}

export const SeatPushPage = ({ pushId, onPush }: SeatPushPageProps) => (
  <PageView query={useQuery(seatPush(pushId))} title="Seats">
    {(push) => <PushView push={push} onPush={onPush} />}
  </PageView>
);

const PushView = ({ push, onPush }: { push: SeatPushDetail; onPush: (id: string) => void }) => {
  const { timeZone } = useMe().tenant;
  return (
    <Page
      title={`Seats of ${formatMonth(push.period)}`}
      about={
        <span className="flex flex-wrap items-center gap-x-3 gap-y-1">
          <BackLink to="/seats">Back to list</BackLink>
          <PushState state={push.state} />
          Compared by {push.preparedBy} on {formatInstant(push.preparedAt, timeZone)}, with Pax8 as read on{' '}
          {formatInstant(push.seatsReadAt, timeZone)}
        </span>
      }
      actions={
        <>
          <ComparePushAgain push={push} onDone={({ id }) => onPush(id)} />
          <RejectPush push={push} />
          <ApprovePush push={push} />
          <SendPush push={push} />
        </>
      }
    >
      <HowItStands push={push} />
      <PushLines lines={push.data} />
      <p className="text-muted">{notShown(push).join(' ')}</p>
    </Page>
  );
};

const HowItStands = ({
  push: { state, lines, data, decidedBy, reason, sentSince, unreadableSeats, unreadableContracts },
}: {
  push: SeatPushDetail;
}) => (
  <>
    {sentSince !== null && (
      <Notice tone="warn" title={`Changes of ${formatMonth(sentSince)} were sent after this was compared`}>
        Press “Check seats again”: contracts may have something else in this month now.
      </Notice>
    )}
    {data.some(({ state: of, isOfLaterMonth }) => of === 'waiting' && isOfLaterMonth) && (
      <Notice tone="info" title="Some of the changes are of later months">
        What this month changes holds on in a contract until its next change. These changes give the months after it
        what Pax8 has there, so that none of them becomes wrong.
      </Notice>
    )}
    {state === 'approved' && (
      <Notice tone="warn" title={`${lines.waiting} of the approved changes are not in SuperOps yet`}>
        Press “Send to SuperOps”. It can be pressed again whenever it stopped: nothing is sent twice.
      </Notice>
    )}
    {state === 'done' && lines.refused > 0 && (
      <Notice tone="warn" title={`${lines.refused} of the changes could not be sent as they were approved`}>
        Do what their lines say, then press “Check seats again”.
      </Notice>
    )}
    {state === 'rejected' && (
      <Notice tone="info" title={`Rejected by ${decidedBy ?? 'somebody'}`}>
        {reason}
      </Notice>
    )}
    {unreadableSeats > 0 && (
      <Notice tone="warn" title={`${unreadableSeats} subscriptions at Pax8 cannot be read now`}>
        Counts of their customers may be those of a day before. See the exceptions on the worklist first.
      </Notice>
    )}
    {unreadableContracts > 0 && (
      <Notice tone="warn" title={`${unreadableContracts} contracts in SuperOps could not be read`}>
        SuperOps said less of them than it has to. Look at them there: one of them may charge the same item.
      </Notice>
    )}
  </>
);

/** What was compared and is no line, so that nobody takes it for forgotten. */
const notShown = ({ matching, notClients }: SeatPushDetail): string[] => [
  matching === 1 ? 'One count is right already.' : `${matching} counts are right already.`,
  ...(notClients === 0
    ? []
    : [
        notClients === 1
          ? 'One customer with seats is no client in SuperOps, and was not compared.'
          : `${notClients} customers with seats are no clients in SuperOps, and were not compared.`,
      ]),
];
