import type { ConditionEntry, ReasonEntry } from '@legendops/tenant-operator/api/condition-entry';

type Reasons = Readonly<Record<string, ReasonEntry>>;

const escaped = (text: string): string => text.replaceAll('|', '\\|').replaceAll('<', '&lt;');
const row = (cells: readonly string[]): string => `| ${cells.map(escaped).join(' | ')} |`;

const rowsOf = (type: string, reasons: Reasons): string[] =>
  Object.entries(reasons).map(([reason, { status, meaning, remedy }]) =>
    row([`\`${type}\``, `\`${reason}\``, status, meaning, remedy]),
  );

/** The conditions of a Tenant and their reasons, from the tables that the operator speaks by. */
export const conditionReference = ({
  conditions,
  ofReady,
  ofAll,
  standard,
}: {
  conditions: Readonly<Record<string, ConditionEntry>>;
  ofReady: Reasons;
  ofAll: Reasons;
  standard: Readonly<Record<string, string>>;
}): string => {
  const aspects = Object.entries(conditions);
  const gating = aspects.filter(([, { gates }]) => gates === 'Ready').map(([type]) => type);
  return `Made from \`operators/tenant/src/api/conditions.ts\`, which is all that the operator can say. The order is that in which
Ready looks for the first that is not true; it takes over that one's reason and message.

| Condition | Gates | Means, when it is True |
|---|---|---|
${row(['`Ready`', '', `${gating.join(', ')} are true.`])}
${aspects.map(([type, { meaning, gates }]) => row([`\`${type}\``, gates, meaning])).join('\n')}
${Object.entries(standard)
  .map(([type, meaning]) => row([`\`${type}\``, '', `${meaning} There while it is so.`]))
  .join('\n')}

| Condition | Reason | Status | Meaning | What to do |
|---|---|---|---|---|
${[
  ...rowsOf('Ready', ofReady),
  ...aspects.flatMap(([type, { reasons }]) => rowsOf(type, reasons)),
  ...rowsOf('any', ofAll),
].join('\n')}`;
};
