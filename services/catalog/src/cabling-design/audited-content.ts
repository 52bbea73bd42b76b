import type { AuditChange } from '@legendops/kit/contract/audit-payload';
import type { DesignContent } from '../cabling-content/contract.ts';
import { canonicalText } from './canonical-text.ts';
import { labelOf } from '../cabling-content/label.ts';

const mostChanges = 40;
const longestText = 300;

type Said = Readonly<Record<string, string>>;

const cut = (text: string | undefined): string | null => {
  if (text === undefined) return null;
  return text.length <= longestText ? text : `${text.slice(0, longestText).replace(/[\ud800-\udbff]$/, '')}…`;
};

/** A content thing by thing, each by the name that people give it. */
const thingsOf = (content: DesignContent): Said => {
  const { links, pathways, feeds, parts, ...head } = content;
  return {
    ...Object.fromEntries(Object.entries(head).map(([name, value]) => [name, canonicalText(value)])),
    ...Object.fromEntries(
      links.map(({ key, ...link }) => [`link ${labelOf(content, link)} (${key})`, canonicalText(link)]),
    ),
    ...Object.fromEntries(pathways.map(({ key, ...one }) => [`pathway ${one.name} (${key})`, canonicalText(one)])),
    ...Object.fromEntries(feeds.map(({ key, ...one }) => [`feed ${one.name} (${key})`, canonicalText(one)])),
    ...Object.fromEntries(parts.map(({ key, ...one }) => [`part ${key}`, canonicalText(one)])),
  };
};

/** What is different between two contents, for the trail; of a great change its first forty things. */
export const contentChanges = (before: DesignContent, after: DesignContent): AuditChange[] => {
  const [one, other] = [thingsOf(before), thingsOf(after)];
  const all = [...new Set([...Object.keys(one), ...Object.keys(other)])].flatMap((field) =>
    one[field] === other[field] ? [] : [{ field, before: cut(one[field]), after: cut(other[field]) }],
  );
  const further = all.length - mostChanges;
  if (further <= 0) return all;
  return [...all.slice(0, mostChanges), { field: 'further changes', before: null, after: further.toString() }];
};
