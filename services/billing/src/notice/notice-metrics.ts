import { Counter } from 'prom-client';

export const noticeMessages = new Counter({
  name: 'legendops_notice_messages_total',
  help: 'Attempts at sending notices, by channel and by the state that the message is in afterwards',
  labelNames: ['channel', 'outcome'] as const,
});
for (const channel of ['mail', 'teams'])
  for (const outcome of ['sent', 'waiting', 'dead', 'dropped']) noticeMessages.inc({ channel, outcome }, 0);
