import type { CalculatorList } from '@legendops/catalog/calculators/contract';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { ActProblem } from '../../components/act-problem.tsx';
import { BackLink } from '../../components/back-link.tsx';
import { Button } from '../../components/button.tsx';
import { EmptyState } from '../../components/empty-state.tsx';
import { Page } from '../../components/page.tsx';
import { PageView } from '../../components/page-view.tsx';
import { calculators } from '../../lib/queries/catalog.ts';
import type { PageProps } from '../../lib/router/addresses.ts';
import { Calculator as CalculatorIcon } from 'lucide-react';
import { Outcome } from './outcome.tsx';
import { useCalculation } from './calculation.ts';
import { readInput, type Rows, type Schema } from '../../components/schema.ts';
import { SchemaFields } from '../../components/schema-fields.tsx';

type Calculator = CalculatorList['data'][number];

export const CalculatorPage = ({ params: { calculatorId } }: PageProps<'/calculators/$calculatorId'>) => (
  <PageView query={useQuery(calculators)} title="Calculator">
    {(all) => {
      const calculator = all.find(({ id }) => id === calculatorId);
      // Another calculator begins with an empty form.
      return calculator === undefined ? (
        <NoCalculator />
      ) : (
        <CalculatorView key={calculatorId} calculator={calculator} />
      );
    }}
  </PageView>
);

const NoCalculator = () => (
  <Page title="Calculator">
    <EmptyState icon={CalculatorIcon} title="There is no such calculator">
      Its address may be mistyped. <BackLink to="/calculators">All calculators</BackLink>
    </EmptyState>
  </Page>
);

const CalculatorView = ({ calculator }: { calculator: Calculator }) => {
  const input = calculator.input as Schema;
  const [rows, setRows] = useState<Rows>({});
  const calculating = useCalculation();
  return (
    <Page title={calculator.title} about={<BackLink to="/calculators">All calculators</BackLink>}>
      <form
        className="flex max-w-3xl flex-col gap-4"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          const form = new FormData(event.currentTarget);
          const given = (name: string) => {
            const value = form.get(name);
            return typeof value === 'string' ? value : undefined;
          };
          calculating.run({ id: calculator.id, input: readInput(input, given, rows) });
        }}
      >
        <SchemaFields
          schema={input}
          rows={rows}
          onRows={(path, count) => setRows({ ...rows, [path]: count })}
          error={calculating.error}
        />
        <div>
          <Button type="submit" look="primary" pending={calculating.pending}>
            Calculate
          </Button>
        </div>
      </form>
      <ActProblem error={calculating.error} />
      {calculating.answer !== undefined && calculating.error === null && (
        <Outcome outcome={calculating.answer} output={calculator.output} />
      )}
    </Page>
  );
};
