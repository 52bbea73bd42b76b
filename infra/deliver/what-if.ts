/** What `az deployment sub what-if --no-pretty-print` says, as far as a reviewer is shown it. */
export interface WhatIf {
  changes: Change[];
}

interface Change {
  changeType: string;
  resourceId: string;
  delta?: Delta[] | null;
}

interface Delta {
  path: string;
  propertyChangeType: string;
  children?: Delta[] | null;
}

// What cannot be taken back stands first.
const order = ['Delete', 'Modify', 'Create', 'Deploy', 'Unsupported'];
const quiet = new Set(['NoChange', 'Ignore']);

const shortId = (id: string): string => id.replace(/^\/subscriptions\/[^/]+\//i, '').replace(/^resourceGroups\//i, '');

const pathsOf = (deltas: readonly Delta[] | null | undefined, above = ''): string[] =>
  (deltas ?? []).flatMap(({ path, children }) => {
    const whole = above === '' ? path : `${above}.${path}`;
    return children?.length ? pathsOf(children, whole) : [whole];
  });

// Only paths: a value may be somebody's, and the page is read by whoever may read the repository.
const row = ({ changeType, resourceId, delta }: Change): string => {
  const paths = pathsOf(delta).join(', ');
  return `| ${changeType} | ${[shortId(resourceId), paths].map((text) => text.replaceAll('|', '\\|')).join(' | ')} |`;
};

/** A page for whoever approves: how many of what, what goes first, and of each change the properties by their paths. */
export const whatIfSummary = ({ changes }: WhatIf): string => {
  const counts = new Map<string, number>();
  for (const { changeType } of changes) counts.set(changeType, (counts.get(changeType) ?? 0) + 1);
  const told = changes.filter(({ changeType }) => !quiet.has(changeType));
  const rank = ({ changeType }: Change): number => (order.indexOf(changeType) + order.length) % order.length;
  const lines = [`## What would change`, ''];
  const deleted = counts.get('Delete') ?? 0;
  if (deleted > 0) lines.push(`**${deleted} of it would be deleted.**`, '');
  lines.push([...counts].map(([name, count]) => `${count} ${name}`).join(', ') || 'Nothing is known of', '');
  if (told.length > 0)
    lines.push('| | resource | properties |', '|---|---|---|', ...told.toSorted((a, b) => rank(a) - rank(b)).map(row));
  return `${lines.join('\n')}\n`;
};
