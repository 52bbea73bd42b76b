import type { Notice as Told } from '@legendops/billing/notice/contract';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Ban, BellRing, CircleCheck, Clock, Minus } from 'lucide-react';
import { useMemo } from 'react';
import { DataTable, type Column } from '../../components/data-table.tsx';
import { EmptyState } from '../../components/empty-state.tsx';
import { ListView } from '../../components/list-view.tsx';
import { Status } from '../../components/status.tsx';
import { TextLink } from '../../components/text-link.tsx';
import { formatInstant, formatMonth } from '../../lib/calendar.ts';
import { formatMoney } from '../../lib/money.ts';
import { noticePages } from '../../lib/queries/notices.ts';
import { targetOf } from '../../lib/router/target-of.ts';
import { useMe } from '../../lib/session.ts';
import { kindWords, stateWords } from './notice-words.ts';
import { SendAgain } from './send-again.tsx';

const aboutOf = ({ customerName, period, amount }: Told): string =>
  [
    customerName,
    period === null ? null : formatMonth(period),
    amount === null ? null : formatMoney(amount.amountMinor, amount.currency),
  ]
    .filter((part) => part !== null)
    .join(', ');

const columns = (timeZone: string): Column<Told>[] => [
  {
    name: 'What',
    cell: (told) => (
      <>
        <Title told={told} />
        <span className="block wrap-anywhere">{aboutOf(told)}</span>
        <span className="block text-muted wrap-anywhere">{told.detail}</span>
        {told.clearedAt === null && <span className="block wrap-anywhere">Next step: {told.nextStep}</span>}
        <span className="block text-caption text-muted sm:hidden">{formatInstant(told.raisedAt, timeZone)}</span>
      </>
    ),
  },
  { name: 'Kind', from: 'lg', cell: ({ kind }) => kindWords[kind].name },
  { name: 'Told', cell: (told) => <Delivery told={told} /> },
  { name: 'Raised', align: 'end', from: 'sm', cell: ({ raisedAt }) => formatInstant(raisedAt, timeZone) },
];

/** The way to its next step, as long as there is one. */
const Title = ({ told: { title, path, clearedAt } }: { told: Told }) => {
  const target = clearedAt === null ? targetOf(path) : undefined;
  return target === undefined ? <span className="font-medium">{title}</span> : <TextLink {...target}>{title}</TextLink>;
};

/** Whether it has arrived: with whom, and why not. */
const Delivery = ({ told }: { told: Told }) => {
  const { mails, ownMail, teams, failure } = told;
  const isLost = mails.dead > 0 || teams === 'dead';
  const isWaiting = mails.waiting > 0 || teams === 'waiting';
  const words = [
    ...(mails.sent > 0 ? [mails.sent === 1 ? 'One mail sent' : `${mails.sent} mails sent`] : []),
    ...(mails.waiting > 0 ? [`${mails.waiting} to be mailed`] : []),
    ...(mails.dead > 0 ? [mails.dead === 1 ? 'One mail given up' : `${mails.dead} mails given up`] : []),
    ...(teams === null ? [] : [`Teams: ${stateWords[teams]}`]),
    ...(ownMail === null ? [] : [`Yours: ${stateWords[ownMail]}`]),
  ];
  return (
    <>
      <DeliveryState told={told} isLost={isLost} isWaiting={isWaiting} />
      {words.length > 0 && <span className="mt-0.5 block text-caption text-muted">{words.join('. ')}</span>}
      {failure !== null && (isLost || isWaiting) && <span className="block text-caption wrap-anywhere">{failure}</span>}
      <SendAgain told={told} />
    </>
  );
};

const DeliveryState = ({ told, isLost, isWaiting }: { told: Told; isLost: boolean; isWaiting: boolean }) => {
  if (isLost)
    return (
      <Status tone="bad" icon={Ban}>
        Not all arrived
      </Status>
    );
  if (isWaiting)
    return (
      <Status tone="info" icon={Clock}>
        Waits
      </Status>
    );
  return told.mails.sent > 0 || told.teams === 'sent' ? (
    <Status tone="ok" icon={CircleCheck}>
      Sent
    </Status>
  ) : (
    <Status tone="quiet" icon={Minus}>
      To nobody
    </Status>
  );
};

/** The last notices, with what became of each. */
export const NoticeList = () => {
  const { timeZone } = useMe().tenant;
  const shown = useMemo(() => columns(timeZone), [timeZone]);
  return (
    <ListView query={useInfiniteQuery(noticePages)} empty={<NoNotices />}>
      {(notices) => <DataTable caption="Last notices" columns={shown} rows={notices} />}
    </ListView>
  );
};

const NoNotices = () => (
  <EmptyState icon={BellRing} title="No notice yet">
    What stops billing or waits for a person is told here, by mail and in Teams, once each.
  </EmptyState>
);
