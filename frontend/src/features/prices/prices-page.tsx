import type { PriceRule } from '@legendops/billing/price-rule/contract';
import type { AuditEntry } from '@legendops/portal/contract';
import { useQuery } from '@tanstack/react-query';
import { Plus, Tags } from 'lucide-react';
import { useState } from 'react';
import { Button } from '../../components/button.tsx';
import { DataTable, type Column } from '../../components/data-table.tsx';
import { useKept } from '../../components/draft-form.tsx';
import { EmptyState } from '../../components/empty-state.tsx';
import { LastAct } from '../../components/last-act.tsx';
import { Page } from '../../components/page.tsx';
import { QueryView } from '../../components/query-view.tsx';
import { TextLink } from '../../components/text-link.tsx';
import { formatDate } from '../../lib/calendar.ts';
import { lastActs } from '../../lib/queries/audit.ts';
import { customerNames } from '../../lib/queries/customers.ts';
import { priceRules } from '../../lib/queries/price-rules.ts';
import { products } from '../../lib/queries/products.ts';
import { useMay } from '../../lib/session.ts';
import { NewRuleDialog, ruleDraft } from './new-rule-dialog.tsx';
import { EndRule } from './end-rule.tsx';
import { ProrationSetting } from './proration-setting.tsx';
import { RemoveRule } from './remove-rule.tsx';
import { isFromTheBeginning, ruleConditions, ruleWords, termWords } from './rule-words.ts';

export const PricesPage = () => {
  const mayWrite = useMay('price-rule.write');
  const [adding, setAdding] = useState(useKept(ruleDraft));
  const add = mayWrite && (
    <Button look="primary" onClick={() => setAdding(true)}>
      <Plus aria-hidden />
      Add rule
    </Button>
  );
  return (
    <Page
      title="Prices"
      about="How cost becomes price. The most specific rule holds: customer and product, then customer, then product."
      actions={add}
    >
      <QueryView query={useQuery(priceRules)}>
        {(rules) => (rules.length === 0 ? <NoRules /> : <RuleTable rules={rules} />)}
      </QueryView>
      <ProrationSetting />
      {adding && <NewRuleDialog onClose={() => setAdding(false)} />}
    </Page>
  );
};

interface RuleNames {
  customer: (customerId: string) => string;
  product: (productId: string) => string;
}

const RuleTable = ({ rules }: { rules: PriceRule[] }) => {
  const { data: customers } = useQuery(customerNames(rules.flatMap(({ customerId }) => customerId ?? [])));
  const { data: sold, isPending } = useQuery(products);
  const { data: acts = [] } = useQuery({
    ...lastActs({ type: 'price-rule', ids: rules.map(({ id }) => id) }),
    enabled: useMay('audit.read'),
  });
  const names: RuleNames = {
    customer: (customerId) => customers?.get(customerId) ?? 'One customer',
    product: (productId) =>
      sold === undefined
        ? 'One product'
        : (sold.find(({ id }) => id === productId)?.name ?? 'A product that nobody has any more'),
  };
  const rows = rules.map((rule) => ({ ...rule, lastAct: acts.find(({ subject }) => subject.id === rule.id) }));
  return (
    <div aria-busy={isPending}>
      <DataTable
        caption="Price rules"
        columns={columns(names, {
          mayRemove: rules.some((rule) => rule.acts.remove.may),
          showsActs: acts.length > 0,
        })}
        rows={rows}
      />
    </div>
  );
};

const validity = ({ validFrom, validTo }: Pick<PriceRule, 'validFrom' | 'validTo'>): string | null =>
  [
    isFromTheBeginning({ validFrom }) ? [] : [`From ${formatDate(validFrom)}`],
    validTo === null ? [] : [`until ${formatDate(validTo)}, that day excluded`],
  ]
    .flat()
    .join(' ') || null;

type RuleRow = PriceRule & { lastAct: AuditEntry | undefined };

interface Shown {
  mayRemove: boolean;
  showsActs: boolean;
}

const lastActColumn: Column<RuleRow> = {
  name: 'Last act',
  from: 'lg',
  cell: ({ lastAct }) => lastAct && <LastAct entry={lastAct} />,
};

const columns = (names: RuleNames, { mayRemove, showsActs }: Shown): Column<RuleRow>[] => [
  {
    name: 'For',
    cell: ({ customerId, productId, ...rule }) => (
      <>
        {productId === null ? (
          <span className="font-medium">Every product</span>
        ) : (
          <TextLink to="/prices/$productId" params={{ productId }}>
            {names.product(productId)}
          </TextLink>
        )}
        <span className="block text-caption text-muted">
          {customerId === null ? 'Every customer' : names.customer(customerId)}
          {rule.billingTerm !== null && `, ${termWords[rule.billingTerm].toLowerCase()}`}
        </span>
        <span className="block text-caption text-muted md:hidden">{validity(rule)}</span>
      </>
    ),
  },
  {
    name: 'Valid',
    from: 'md',
    cell: (rule) => validity(rule) ?? 'Always',
  },
  ...(showsActs ? [lastActColumn] : []),
  {
    name: 'Price',
    align: 'end',
    cell: (rule) => (
      <>
        <span className="font-medium">{ruleWords(rule)}</span>
        <span className="block text-caption text-muted">{ruleConditions(rule).join(', ')}</span>
      </>
    ),
  },
  ...(mayRemove
    ? [
        {
          name: 'Remove',
          nameless: true,
          align: 'end',
          cell: (rule) => (
            <span className="flex justify-end gap-1">
              <EndRule rule={rule} />
              {rule.acts.remove.may && <RemoveRule rule={rule} />}
            </span>
          ),
        } as const satisfies Column<RuleRow>,
      ]
    : []),
];

const NoRules = () => (
  <EmptyState icon={Tags} title="No price rules yet">
    Without a rule nothing can be billed: it would be on the worklist as not billed. Start with one markup for all
    customers and products.
  </EmptyState>
);
