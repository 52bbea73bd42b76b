import { escapeHtml, htmlPage } from '../html.ts';
import type { Message } from './message.ts';

const title = 'Mailbox (local)';

export function listPage(messages: readonly Message[]): string {
  const rows = messages.map(
    ({ id, subject, recipients, from, receivedAt }) =>
      `<li><a href="/messages/${id}">${escapeHtml(subject || '(no subject)')}` +
      `<small>to ${escapeHtml(recipients.join(', '))} · from ${escapeHtml(from)} · ${escapeHtml(receivedAt)}</small></a></li>`,
  );
  return htmlPage({
    title,
    body: `<main class="wide"><h1>${title}</h1>
<p class="note">Every letter that the platform sends ends here, newest first. Nothing leaves this machine.</p>
${rows.length === 0 ? '<p>No letter yet.</p>' : `<ul>${rows.join('')}</ul>`}</main>`,
  });
}

export function messagePage({ subject, from, to, recipients, receivedAt, text, html, links }: Message): string {
  const clickable = links.map((link) => `<li><a href="${escapeHtml(link)}">${escapeHtml(link)}</a></li>`).join('');
  return htmlPage({
    title: subject || title,
    body: `<main class="wide"><p><a href="/">All letters</a></p><h1>${escapeHtml(subject || '(no subject)')}</h1>
<p class="note">From ${escapeHtml(from)} to ${escapeHtml(to)}, delivered to ${escapeHtml(recipients.join(', '))}, ${escapeHtml(receivedAt)}</p>
${links.length === 0 ? '' : `<h2>Links</h2><ul>${clickable}</ul>`}
${html === null ? '' : `<h2>As it looks</h2>${frame(html)}`}
${text === '' ? '' : `<h2>As text</h2><pre>${escapeHtml(text)}</pre>`}</main>`,
  });
}

/** Without scripts and without our origin; a click opens a new window, as in a mail program. */
const frame = (html: string) =>
  `<iframe title="The letter" sandbox="allow-popups allow-popups-to-escape-sandbox" ` +
  `srcdoc="${escapeHtml(`<base target="_blank">${html}`)}"></iframe>`;

export const noSuchPage = () =>
  htmlPage({ title, body: '<main><h1>There is no such letter</h1><p><a href="/">All letters</a></p></main>' });
