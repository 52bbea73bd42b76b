import type { CalculatorList } from '@legendops/catalog/calculators/contract';
import { useQuery } from '@tanstack/react-query';
import { DataTable, type Column } from '../../components/data-table.tsx';
import { Page } from '../../components/page.tsx';
import { QueryView } from '../../components/query-view.tsx';
import { TextLink } from '../../components/text-link.tsx';
import { calculators } from '../../lib/queries/catalog.ts';

export const CalculatorsPage = () => (
  <Page
    title="Calculators"
    about="Cables, fibre, conduits and power. Each shows its steps, and where every figure of it comes from."
  >
    <QueryView query={useQuery(calculators)}>
      {(all) => <DataTable caption="Calculators" columns={columns} rows={all} />}
    </QueryView>
  </Page>
);

const columns: Column<CalculatorList['data'][number]>[] = [
  {
    name: 'Question',
    cell: ({ id, title }) => (
      <TextLink to="/calculators/$calculatorId" params={{ calculatorId: id }}>
        {title}
      </TextLink>
    ),
  },
  {
    name: 'By the rules of',
    from: 'sm',
    cell: ({ profiles }) => [...new Set(profiles.map(({ edition }) => edition))].join(' · '),
  },
];
