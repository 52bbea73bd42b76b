import { escapeHtml } from '@legendops/kit/http/escape-html';
import { mailableName, type Mail } from '@legendops/kit/mail/mailer';
import type { Told } from './notice-row.ts';
import { dayWords, inBrief, inOrder, noticeWords, organisationWords, type NoticeWords } from './notice-words.ts';

export interface NoticeMail {
  /** Of the message: the same at each attempt, and so is the mail. */
  id: string;
  to: { name: string; address: string };
  organisation: string;
  told: readonly Told[];
  /** The day of a digest; null for what is told at once. */
  digestOn: string | null;
  /** Where browsers find the portal. */
  publicUrl: string;
}

/** The rest is in the portal: a mail of hundreds of things is read by nobody. */
const mostInMail = 25;

const asText = ({ title, about, detail, nextStep, link }: NoticeWords): string =>
  [about === '' ? title : `${title}: ${about}`, detail, `Next step: ${nextStep}`, link].join('\n');

const asHtml = ({ title, about, detail, nextStep, link }: NoticeWords): string =>
  `<p><strong>${escapeHtml(title)}</strong>${about === '' ? '' : `<br>${escapeHtml(about)}`}<br>${escapeHtml(detail)}<br>
Next step: ${escapeHtml(nextStep)}<br><a href="${escapeHtml(link)}">Open in LegendOps</a></p>`;

/** What a person is told, as a mail; everything in it but our own words is other people's text. */
export const noticeMail = ({ id, to, organisation: given, told, digestOn, publicUrl }: NoticeMail): Mail => {
  const organisation = organisationWords(given);
  const name = mailableName(to.name);
  const ordered = inOrder(told);
  const shown = ordered.slice(0, mostInMail).map((one) => noticeWords(one, publicUrl));
  const more = ordered.length - shown.length;
  const settings = `${publicUrl}/notices`;
  const greeting = name === undefined ? 'Hello,' : `Hello ${name},`;
  const opening =
    digestOn === null
      ? `this is new in the billing of ${organisation}:`
      : `this is what came up in the billing of ${organisation} until ${dayWords(digestOn)}:`;
  const rest = more === 0 ? undefined : `And ${more} more, which are all in the portal:`;
  const closing =
    'You get this because you see the billing of this organisation. Choose what you get by mail, or nothing:';
  return {
    id: `<notice.${id}@${new URL(publicUrl).hostname}>`,
    to,
    subject: `${organisation}: ${inBrief(ordered, publicUrl)}`,
    headers: { 'Auto-Submitted': 'auto-generated', 'List-Unsubscribe': `<${settings}>` },
    text: [
      greeting,
      opening,
      ...shown.map(asText),
      ...(rest === undefined ? [] : [`${rest} ${settings}`]),
      `${closing} ${settings}`,
    ].join('\n\n'),
    html: [
      `<p>${escapeHtml(greeting)}</p>`,
      `<p>${escapeHtml(opening)}</p>`,
      ...shown.map(asHtml),
      ...(rest === undefined ? [] : [`<p>${rest} <a href="${escapeHtml(settings)}">Notices</a></p>`]),
      `<p>${closing} <a href="${escapeHtml(settings)}">Notices</a></p>`,
    ].join('\n'),
  };
};
