import { escapeHtml, htmlPage } from '../html.ts';
import type { Directory, Found } from './directories.ts';

type Picker = {
  people: Found[];
  directories: Directory[];
  authority: string;
  /** The query of the authorization request. */
  request: URLSearchParams;
  problem?: string;
};

const title = 'Sign in (local directory)';

/** The same request for one person: a click is all it takes. */
export function signInLink(request: URLSearchParams, { directory, person }: Found): string {
  const query = new URLSearchParams(request);
  query.delete('prompt');
  query.set('domain_hint', directory.tid);
  query.set('login_hint', person.email);
  return `/${directory.tid}/oauth2/v2.0/authorize?${query}`;
}

export function pickerPage({ people, directories, authority, request, problem }: Picker): string {
  const choices = people.map(
    (found) =>
      `<li><a href="${escapeHtml(signInLink(request, found))}">${escapeHtml(found.person.name)}` +
      `<small>${escapeHtml(found.person.email)} · ${escapeHtml(found.directory.name)}</small></a></li>`,
  );
  const known = directories.map(({ tid, name }) => `<option value="${tid}">${escapeHtml(name)}</option>`);
  const hint = request.get('login_hint') ?? '';
  const tid = directories.length === 1 ? (directories[0]?.tid ?? '') : '';
  return htmlPage({
    title,
    body: `<main><h1>${title}</h1>
<p class="note">A stand-in for Microsoft Entra ID on this machine. Pick who you are; there are no passwords.</p>
${problem ? `<p role="alert">${escapeHtml(problem)}</p>` : ''}
<ul>${choices.join('')}</ul>
<h2>Another person</h2>
<form method="post" action="/${escapeHtml(authority)}/oauth2/v2.0/another-person">
<input type="hidden" name="request" value="${escapeHtml(request.toString())}">
<label for="name">Name</label><input id="name" name="name" required>
<label for="email">E-mail</label><input id="email" name="email" type="email" required value="${escapeHtml(hint)}">
<label for="tid">Directory id (any GUID)</label><input id="tid" name="tid" list="known" required value="${tid}"
 pattern="[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}"><datalist id="known">${known.join('')}</datalist>
<button>Sign in</button></form></main>`,
  });
}

export const signedOutPage = () =>
  htmlPage({
    title: 'Signed out (local directory)',
    body: '<main><h1>Signed out</h1><p class="note">You can close this page.</p></main>',
  });

export const errorPage = (problem: string) =>
  htmlPage({
    title,
    body: `<main><h1>This request cannot be answered</h1><p role="alert">${escapeHtml(problem)}</p></main>`,
  });
