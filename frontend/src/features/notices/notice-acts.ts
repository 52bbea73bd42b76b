import {
  Notice,
  NoticeSettings,
  type MailChoices,
  type TeamsKinds,
  type TeamsWebhook,
} from '@legendops/billing/notice/contract';
import type { ActKind } from '../../lib/act/perform-act.ts';
import { useAct } from '../../lib/act/use-act.ts';
import { refresh } from '../../lib/cache.ts';
import { noticeSettings, noticeSettingsPath, noticesPath } from '../../lib/queries/notices.ts';
import { queryClient } from '../../lib/query-client.ts';

const readAgain = () => void refresh(noticeSettingsPath);
const changed = {
  answer: NoticeSettings,
  done: (settings: NoticeSettings) => void queryClient.setQueryData(noticeSettings.queryKey, settings),
  refused: readAgain,
};

const choose: ActKind<MailChoices, NoticeSettings> = {
  ...changed,
  request: (body) => ({ method: 'PUT', path: `${noticeSettingsPath}/mail`, body }),
};
export const useChooseMail = () => useAct(choose);

const connect: ActKind<TeamsWebhook, NoticeSettings> = {
  ...changed,
  request: (body) => ({ method: 'PUT', path: `${noticeSettingsPath}/teams`, body }),
};
export const useConnectTeams = () => useAct(connect);

const changeKinds: ActKind<TeamsKinds, NoticeSettings> = {
  ...changed,
  request: (body) => ({ method: 'PUT', path: `${noticeSettingsPath}/teams/kinds`, body }),
};
export const useChangeTeamsKinds = () => useAct(changeKinds);

const disconnect: ActKind<{ host: string }, void> = {
  request: () => ({ method: 'DELETE', path: `${noticeSettingsPath}/teams` }),
  answer: null,
  done: readAgain,
  refused: readAgain,
};
export const useDisconnectTeams = () => useAct(disconnect);

const listAgain = () => void refresh(noticesPath);
const sendAgain: ActKind<string, Notice> = {
  request: (id) => ({ method: 'POST', path: `${noticesPath}/${id}/sending` }),
  answer: Notice,
  done: listAgain,
  refused: listAgain,
};
export const useSendAgain = () => useAct(sendAgain);
