import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { ActProblem } from '../../components/act-problem.tsx';
import { ExportButton } from '../../components/export-button.tsx';
import { Page } from '../../components/page.tsx';
import { QueryView } from '../../components/query-view.tsx';
import { books } from '../../lib/queries/links.ts';
import { BookRules } from './book-rules.tsx';
import { CustomerLinks } from './customer-links.tsx';
import { useSaveLinks } from './link-acts.ts';
import { SuperOpsChoices } from './superops-choices.tsx';

/** `children`: the links to other systems than QuickBooks. */
export const LinksPage = ({ children }: { children: ReactNode }) => {
  const saving = useSaveLinks();
  return (
    <Page
      title="Links"
      about="Who your customers are in QuickBooks and SuperOps, and what stands on their invoices."
      actions={<ExportButton saving={saving}>Export</ExportButton>}
    >
      <ActProblem error={saving.error} />
      <QueryView query={useQuery(books)}>{(data) => <BookRules books={data} />}</QueryView>
      <CustomerLinks />
      {children}
      <SuperOpsChoices />
    </Page>
  );
};
