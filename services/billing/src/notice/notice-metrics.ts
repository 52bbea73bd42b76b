import { Counter } from 'prom-client';

export const noticeMessages = new Counter({
  name: 'legendops_notice_messages_total',
  help: 'Attempts at sending notices, by channel and by what became of the message: dead after tries of a day, refused at once for good',
  labelNames: ['channel', 'outcome'] as const,
});
for (const channel of ['mail', 'teams'])
  for (const outcome of ['sent', 'waiting', 'dead', 'refused', 'dropped']) noticeMessages.inc({ channel, outcome }, 0);
