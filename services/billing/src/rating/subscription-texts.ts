import type { SubscriptionException } from './billable-segments.ts';
import { quantityText } from './currency.ts';
import { addDays } from './period.ts';
import type { FoundException, SubscriptionVersion } from './rating-values.ts';
import type { TermStretch } from './term-charges.ts';

type Text = Pick<FoundException, 'detail' | 'nextStep'>;

const named = ({ productName, billingTerm }: SubscriptionVersion, quantityE6: bigint): string =>
  `${quantityText(quantityE6)} × ${productName}, ${billingTerm.toLowerCase()}`;

const ofVersion = (version: SubscriptionVersion) => named(version, version.quantityE6);
const ofStretch = ({ version, quantityE6, from, to }: TermStretch) =>
  `${named(version, quantityE6)}, ${from} to ${addDays(to, -1)}`;

const undecided = (exception: SubscriptionException): Text => {
  const what = 'stretch' in exception ? ofStretch(exception.stretch) : ofVersion(exception.version);
  const why = 'Pax8 no longer lists these seats, and does not say whether it takes them back';
  return exception.kind === 'left-out'
    ? {
        detail: `${what}: not billed. ${why}`,
        nextStep:
          'If Pax8 still charges them, bill this amount by hand in QuickBooks; then, or if not, press “Dismiss”',
      }
    : {
        detail: `${what}: billed all the same. ${why}`,
        nextStep: 'If Pax8 credits them, credit this amount by hand in QuickBooks; then, or if not, press “Dismiss”',
      };
};

const gone = (exception: SubscriptionException): Text =>
  exception.version.billingTerm === 'Monthly' && 'stretch' in exception
    ? {
        detail: `${ofStretch(exception.stretch)}: not billed. Pax8 no longer lists it, and has named no end`,
        nextStep:
          'Look at the subscription at Pax8; if it goes on there, bill it by hand; then, or if not, press “Dismiss”',
      }
    : {
        detail: `${ofVersion(exception.version)} from ${exception.version.startDate}, was gone from Pax8's list soon after a term began`,
        nextStep: 'Look at the subscription at Pax8; bill the term by hand if it was delivered, then press “Dismiss”',
      };

const texts: Record<SubscriptionException['code'], (exception: SubscriptionException) => Text> = {
  'term.unknown': ({ version: { productName, billingTerm } }) => ({
    detail: `${productName} has the billing term ${billingTerm}, which is not known here`,
    nextStep: 'Tell the platform team; nothing was billed for it',
  }),
  'status.unknown': ({ version: { productName, status } }) => ({
    detail: `${productName} has the status ${status}, which is not known here`,
    nextStep: 'Tell the platform team; nothing was billed for it',
  }),
  'subscription.no-end': ({ version }) => ({
    detail: `${ofVersion(version)}, is cancelled, but Pax8 does not say since when`,
    nextStep: 'Look at the subscription at Pax8; bill its last days by hand if any are missing, then press “Dismiss”',
  }),
  'subscription.gone': gone,
  'quantity.added': (exception) => ({
    detail: `${named(exception.version, 'stretch' in exception ? exception.stretch.quantityE6 : 0n)}, came to it on ${exception.version.effectiveFrom}, after it was bought`,
    nextStep: 'Bill what was added by hand in QuickBooks, then press “Dismiss”',
  }),
  'term.changed': ({ version }) => ({
    detail: `${ofVersion(version)}, is billed so since ${version.effectiveFrom}, in the middle of a term that is paid already`,
    nextStep: 'Compare with Pax8; bill or credit the difference for the rest of the term by hand, then press “Dismiss”',
  }),
  'start.moved': ({ version }) => ({
    detail: `${ofVersion(version)}, starts on ${version.startDate} since ${version.effectiveFrom}, in the middle of a term that is paid already`,
    nextStep: 'Look at Pax8 whether another term was bought; bill it by hand if so, then press “Dismiss”',
  }),
  'return.undecided': undecided,
};

/** What is told of a subscription, and the one thing to do about it. */
export const textOf = (exception: SubscriptionException): Text => texts[exception.code](exception);

export const lateText = (version: SubscriptionVersion, listedOn: string, hasSetup: boolean): Text => ({
  detail: `${ofVersion(version)} from ${version.startDate}${hasSetup ? ', with its setup' : ''}, was listed by Pax8 on ${listedOn} first, when the months before were billed already`,
  nextStep:
    'If it was not billed elsewhere, bill this amount by hand in QuickBooks; then, or if it was, press “Dismiss”',
});
