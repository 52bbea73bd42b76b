import { createHash } from 'node:crypto';
import { escapeHtml } from '@legendops/kit/http/escape-html';

const style = `
:root { color-scheme: light dark; --canvas: #f5f6f8; --surface: #fff; --line: #e0e4ea; --ink: #14181f; --muted: #586171;
  --accent: #1f4fb8; --on-accent: #fff; }
@media (prefers-color-scheme: dark) { :root { --canvas: #0f1216; --surface: #161a20; --line: #2a313b; --ink: #e7eaef;
  --muted: #a0aab8; --accent: #8fb3ff; --on-accent: #0d1730; } }
* { box-sizing: border-box; }
body { margin: 0; min-height: 100dvh; display: grid; place-items: center; padding: 1.25rem; background: var(--canvas);
  color: var(--ink); font: 0.875rem/1.5 Inter, ui-sans-serif, system-ui, -apple-system, 'Segoe UI', Roboto, Arial, sans-serif; }
main { width: 100%; max-width: 27rem; padding: 1.75rem; background: var(--surface); border: 1px solid var(--line);
  border-radius: 0.75rem; overflow-wrap: anywhere; }
h1 { margin: 0 0 0.25rem; font-size: 1.25rem; line-height: 1.3; letter-spacing: -0.01em; text-wrap: balance; }
p { margin: 0 0 1rem; } .muted { color: var(--muted); } .brand { margin-bottom: 1.5rem; font-weight: 600; }
dl { display: grid; grid-template-columns: auto 1fr; gap: 0.375rem 1rem; margin: 0 0 1.25rem; padding: 1rem 0;
  border: solid var(--line); border-width: 1px 0; }
dt { color: var(--muted); } dd { margin: 0; font-weight: 500; }
.act { display: block; width: 100%; min-height: 2.5rem; padding: 0.5rem 0.75rem; border: 0; border-radius: 0.375rem;
  background: var(--accent); color: var(--on-accent); font: inherit; font-weight: 500; text-align: center;
  text-decoration: none; cursor: pointer; }
.act:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
form p { margin: 0.75rem 0 0; }
`;

const styleHash = createHash('sha256').update(style).digest('base64');

/**
 * Of a page of ours: its one style by its hash, no script, nothing fetched. There is no form-action: browsers apply it to
 * where an answer redirects to as well, which is the person's directory. And under no-referrer a browser says that its form
 * comes from `null`, which we refuse: ourselves we may tell where it comes from.
 */
export const pageHeaders = {
  'referrer-policy': 'same-origin',
  'content-security-policy': `default-src 'none'; style-src 'sha256-${styleHash}'; base-uri 'none'; frame-ancestors 'none'`,
};

/** `body` is HTML already. */
export const htmlPage = ({ title, body }: { title: string; body: string }): string => `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(title)} · LegendOps</title><style>${style}</style></head>
<body><main><p class="brand">LegendOps</p><h1>${escapeHtml(title)}</h1>${body}</main></body></html>
`;
