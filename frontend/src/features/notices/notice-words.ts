import type { MailDelivery, MessageState, NoticeKind } from '@legendops/billing/notice/contract';

export const kindWords: Record<NoticeKind, { name: string; hint: string }> = {
  connection: { name: 'Connections to renew', hint: 'Pax8, QuickBooks or Teams no longer takes what we send.' },
  failure: { name: 'Failures', hint: 'A run stopped, or something could not be billed or posted.' },
  month: { name: 'Months not billed', hint: 'A month is over and was not run, or was left out.' },
  approval: { name: 'Approvals due', hint: 'Drafts wait for a person.' },
  variance: { name: 'Variances', hint: 'Pax8, our invoices and QuickBooks differ.' },
};

export const deliveryWords: Record<MailDelivery, string> = {
  'at-once': 'At once',
  daily: 'In the mail of the day',
  none: 'Not at all',
};

export const stateWords: Record<MessageState, string> = {
  waiting: 'waits',
  sent: 'sent',
  dead: 'given up',
  dropped: 'not needed any more',
};
