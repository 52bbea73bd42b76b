import type { Books, Link } from '@legendops/billing/link/contract';
import { useQuery } from '@tanstack/react-query';
import { Plus, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { AskFirst } from '../../components/ask-first.tsx';
import { Button } from '../../components/button.tsx';
import { DataTable, type Column } from '../../components/data-table.tsx';
import { useKept } from '../../components/draft-form.tsx';
import { Notice } from '../../components/notice.tsx';
import { Section } from '../../components/section.tsx';
import { formatDate } from '../../lib/calendar.ts';
import { customerNames } from '../../lib/queries/customers.ts';
import { products } from '../../lib/queries/products.ts';
import { DateChoices } from './date-choices.tsx';
import { kindWords } from './kind-words.ts';
import { useRemoveLink } from './link-acts.ts';
import { choiceDraft, NewChoiceDialog } from './new-choice.tsx';

/** How the company keeps its books, and what stands on the invoices that go there. */
export const BookRules = ({ books }: { books: Books }) => {
  const [choosing, setChoosing] = useState(useKept(choiceDraft));
  const mayChoose = books.acts.choose.may;
  return (
    <Section
      title="What stands on invoices"
      about={bookWords(books)}
      actions={
        mayChoose && (
          <Button look={books.missing.length > 0 ? 'primary' : 'secondary'} onClick={() => setChoosing(true)}>
            <Plus aria-hidden />
            Add choice
          </Button>
        )
      }
    >
      {books.missing.includes('tax-code') && (
        <Notice tone="warn" title="Say what is taxed before anything is posted">
          These books keep sales tax. Press “Add choice” for the tax code of every product, and add others for the
          customers and products that differ.
        </Notice>
      )}
      {books.links.length > 0 && <RuleTable links={books.links} mayRemove={mayChoose} />}
      <DateChoices choices={books.choices} acts={books.acts} />
      {choosing && <NewChoiceDialog onClose={() => setChoosing(false)} />}
    </Section>
  );
};

const bookWords = ({ country, homeCurrency, multiCurrency, usesSalesTax, closedThrough }: Books): string =>
  [
    `Books in ${homeCurrency ?? 'an unknown currency'}${multiCurrency ? ' and others' : ''}`,
    ...(country === null ? [] : [country]),
    usesSalesTax ? 'with sales tax' : 'without sales tax',
    closedThrough === null ? 'not closed' : `closed through ${formatDate(closedThrough)}`,
  ].join(', ');

const RuleTable = ({ links, mayRemove }: { links: Link[]; mayRemove: boolean }) => {
  const { data: names } = useQuery(customerNames(links.flatMap(({ customerId }) => customerId ?? [])));
  const { data: sold } = useQuery(products);
  const forWhat = ({ customerId, productId }: Link): string => {
    const customer = customerId === null ? undefined : (names?.get(customerId) ?? 'One customer');
    const product = productId === null ? undefined : (sold?.find(({ id }) => id === productId)?.name ?? 'One product');
    return [customer, product].filter((one) => one !== undefined).join(', ') || 'All';
  };
  return <DataTable caption="What stands on invoices" columns={columns(forWhat, mayRemove)} rows={links} />;
};

const columns = (forWhat: (link: Link) => string, mayRemove: boolean): Column<Link>[] => [
  { name: 'What', cell: ({ kind }) => <span className="font-medium">{kindWords[kind]}</span> },
  { name: 'For', cell: forWhat },
  {
    name: 'In QuickBooks',
    cell: ({ quickBooksName, isGone }) => (isGone ? `${quickBooksName} (no longer active)` : quickBooksName),
  },
  ...(mayRemove
    ? [
        {
          name: 'Remove',
          nameless: true,
          align: 'end',
          cell: (link) => <RemoveChoice link={link} forWhat={forWhat(link)} />,
        } as const satisfies Column<Link>,
      ]
    : []),
];

const RemoveChoice = ({ link, forWhat }: { link: Link; forWhat: string }) => (
  <AskFirst
    subject={link}
    act={useRemoveLink()}
    look="quiet"
    label={`Remove ${kindWords[link.kind]} ${link.quickBooksName}`}
    renderQuestion={({ kind, quickBooksName }) => ({
      title: `Remove ${quickBooksName}?`,
      confirm: 'Remove choice',
      look: 'danger',
      body: (
        <p>
          {kindWords[kind]} <strong>{quickBooksName}</strong> ({forWhat}) no longer counts for coming invoices. Those
          that are posted stay as they are.
        </p>
      ),
    })}
  >
    <Trash2 aria-hidden />
  </AskFirst>
);
