import { auditActs } from '@legendops/kit/contract/audit-acts';
import { useInfiniteQuery } from '@tanstack/react-query';
import { SelectField, TextField } from '../../components/fields.tsx';
import { Page } from '../../components/page.tsx';
import type { AuditFilter } from '../../lib/queries/audit.ts';
import { memberPages } from '../../lib/queries/team.ts';
import { AuditList } from './audit-list.tsx';

interface AuditPageProps {
  filter: AuditFilter;
  onFilter: (changed: AuditFilter) => void;
}

export const AuditPage = ({ filter, onFilter }: AuditPageProps) => (
  <Page title="Audit" about="Who did what, newest first. An entry is never changed, and each is sealed by the next.">
    <div className="flex flex-wrap items-end gap-3">
      <PersonFilter memberId={filter.memberId} onChoose={(memberId) => onFilter({ memberId })} />
      <SelectField
        label="Act"
        value={filter.act ?? ''}
        onChange={({ currentTarget: { value } }) => onFilter({ act: value || undefined })}
      >
        <option value="">All</option>
        {Object.entries(auditActs).map(([act, { title }]) => (
          <option key={act} value={act}>
            {title}
          </option>
        ))}
      </SelectField>
      <TextField
        label="From"
        type="date"
        value={filter.from ?? ''}
        max={filter.to}
        onChange={({ currentTarget }) => onFilter({ from: currentTarget.value || undefined })}
      />
      <TextField
        label="To"
        type="date"
        value={filter.to ?? ''}
        min={filter.from}
        onChange={({ currentTarget }) => onFilter({ to: currentTarget.value || undefined })}
      />
    </div>
    <AuditList filter={filter} />
  </Page>
);

interface PersonFilterProps {
  memberId: string | undefined;
  onChoose: (memberId: string | undefined) => void;
}

const PersonFilter = ({ memberId, onChoose }: PersonFilterProps) => {
  const { data: members = [] } = useInfiniteQuery(memberPages);
  return (
    <SelectField
      label="Person"
      value={memberId ?? ''}
      onChange={({ currentTarget: { value } }) => onChoose(value || undefined)}
    >
      <option value="">Everybody</option>
      {members.map(({ id, name, email }) => (
        <option key={id} value={id}>
          {name} ({email})
        </option>
      ))}
      {memberId !== undefined && members.every(({ id }) => id !== memberId) && (
        <option value={memberId}>One person</option>
      )}
    </SelectField>
  );
};
