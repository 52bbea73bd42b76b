const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

export const escapeHtml = (text: string) => text.replace(/[&<>"']/g, (character) => entities[character] ?? '');

type Page = { title: string; body: string };

/** A page of a double: plain, without script, and plainly not the vendor's. */
export const htmlPage = ({ title, body }: Page) => `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>${escapeHtml(title)}</title><style>
body { font: 16px/1.5 system-ui, sans-serif; color: #1b1f24; background: #f4f5f7; margin: 0; }
main { max-width: 34rem; margin: 4rem auto; background: #fff; border: 1px solid #d8dce1; border-radius: 8px; padding: 2rem; }
main.wide { max-width: 64rem; margin-top: 2rem; }
h1 { font-size: 1.375rem; margin: 0 0 .25rem; } h2 { font-size: 1rem; margin: 1.5rem 0 .5rem; }
p.note { color: #59636e; margin: 0 0 1.25rem; font-size: .875rem; }
ul { list-style: none; margin: 0; padding: 0; } li { border-top: 1px solid #e6e9ec; }
li a { display: block; padding: .75rem .5rem; color: inherit; text-decoration: none; } li a:hover, li a:focus { background: #eef3fb; }
small { color: #59636e; display: block; }
label { display: block; margin: .5rem 0 .125rem; font-size: .875rem; }
input { font: inherit; width: 100%; box-sizing: border-box; padding: .5rem; border: 1px solid #b9c0c8; border-radius: 6px; }
button { font: inherit; margin-top: 1rem; padding: .5rem 1rem; border: 0; border-radius: 6px; background: #1f5fbf; color: #fff; cursor: pointer; }
table { border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums; } td, th { text-align: left; padding: .375rem .5rem; border-top: 1px solid #e6e9ec; }
td.number, th.number { text-align: right; } iframe { width: 100%; height: 24rem; border: 1px solid #d8dce1; } pre { white-space: pre-wrap; font: inherit; }
</style></head><body>${body}</body></html>
`;
