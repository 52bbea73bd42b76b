import { dateFormat } from './intl-formats.ts';
import { locale as ownLocale } from './locale.ts';

// A calendar date has no time zone; reading it as UTC and writing it as UTC keeps its day.
const ofDate = (date: string): Date => new Date(`${date}T00:00:00Z`);

const dayFormat = (locale: string) =>
  dateFormat(locale, { day: 'numeric', month: 'short', year: 'numeric', timeZone: 'UTC' });

/** A calendar date of the tenant. */
export const formatDate = (date: string, locale: string = ownLocale): string => dayFormat(locale).format(ofDate(date));

/** The month of a calendar date. */
export const formatMonth = (date: string, locale: string = ownLocale): string =>
  dateFormat(locale, { month: 'long', year: 'numeric', timeZone: 'UTC' }).format(ofDate(date));

/** A billing period, given by its first day and the first day after it: a month by its name, else both days. */
export const formatPeriod = (start: string, endExclusive: string, locale: string = ownLocale): string => {
  const first = ofDate(start);
  const nextMonth = new Date(Date.UTC(first.getUTCFullYear(), first.getUTCMonth() + 1, 1));
  const end = ofDate(endExclusive);
  if (first.getUTCDate() === 1 && end.getTime() === nextMonth.getTime()) return formatMonth(start, locale);
  const last = new Date(end.getTime() - 86_400_000);
  return dayFormat(locale).formatRange(first, last);
};

/** An instant in the tenant's time zone. */
export const formatInstant = (instant: string, timeZone: string, locale: string = ownLocale): string =>
  dateFormat(locale, { dateStyle: 'medium', timeStyle: 'short', timeZone }).format(new Date(instant));

/** How long something took, in its two largest units. */
export const formatTook = (startedAt: string, finishedAt: string): string => {
  const seconds = Math.max(0, Math.round((Date.parse(finishedAt) - Date.parse(startedAt)) / 1000));
  if (seconds < 1) return 'under 1 s';
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return `${minutes} min ${seconds % 60} s`;
  return `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
};
