import { asLineOfText } from '@legendops/kit/contract/line-of-text';
import { amountText } from '../rating/currency.ts';
import { kindsInOrder, noticeKinds } from './notice-kinds.ts';
import type { Told } from './notice-row.ts';

const longestText = 400;
const longestName = 120;

/**
 * Other people's text as one line of plain words. A mail program or Teams makes a link of an address that stands in a text, and
 * it would look like one of ours: what is written so is shown in a way that is read and not followed.
 */
const plain = (text: string, longest: number): string =>
  asLineOfText(text, longest)
    .replaceAll('://', '[:]//')
    .replaceAll(/\bwww\./gi, 'www[.]')
    .replaceAll('{{', '{ {');

const monthFormat = new Intl.DateTimeFormat('en', { month: 'long', year: 'numeric', timeZone: 'UTC' });
const dayFormat = new Intl.DateTimeFormat('en', { dateStyle: 'long', timeZone: 'UTC' });

const sentence = (text: string): string => text.replace(/[.;:\s]*$/, '.');

export interface NoticeWords {
  title: string;
  /** Customer, month and amount, as far as it is about one. */
  about: string;
  detail: string;
  nextStep: string;
  link: string;
}

/** A tenant's name, as a person reads it. */
export const organisationWords = (name: string): string => plain(name, longestName);

export const dayWords = (day: string): string => dayFormat.format(new Date(`${day}T00:00:00Z`));

export const noticeWords = (told: Told, publicUrl: string): NoticeWords => ({
  title: told.title,
  about: [
    ...(told.customerName === null ? [] : [plain(told.customerName, longestName)]),
    ...(told.period === null ? [] : [monthFormat.format(new Date(`${told.period}T00:00:00Z`))]),
    ...(told.amount === null ? [] : [`${amountText(told.amount.minor, told.amount.currency)} ${told.amount.currency}`]),
  ].join(', '),
  detail: sentence(plain(told.detail, longestText)),
  nextStep: sentence(plain(told.nextStep, longestText)),
  link: `${publicUrl}${told.path}`,
});

const sizeOf = ({ amount }: Told): bigint => {
  if (amount === null) return -1n;
  return amount.minor < 0n ? -amount.minor : amount.minor;
};

/** What stops the most first, then the most money. */
export const inOrder = (told: readonly Told[]): Told[] =>
  told.toSorted((a, b) => {
    const byKind = kindsInOrder.indexOf(a.kind) - kindsInOrder.indexOf(b.kind);
    const bySize = sizeOf(b) - sizeOf(a);
    return byKind || (bySize > 0n ? 1 : 0) || (bySize < 0n ? -1 : 0);
  });

/** What a message is about, in a few words: the one thing, or how many of which kinds. */
export const inBrief = (told: readonly Told[], publicUrl: string): string => {
  const [only] = told;
  if (only !== undefined && told.length === 1) {
    const { title, about } = noticeWords(only, publicUrl);
    return about === '' ? title : `${title}: ${about}`;
  }
  return kindsInOrder
    .map((kind) => ({ title: noticeKinds[kind].title, count: told.filter((one) => one.kind === kind).length }))
    .filter(({ count }) => count > 0)
    .map(({ title, count }) => `${title} (${count})`)
    .join(', ');
};
