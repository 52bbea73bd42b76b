import type { CablingDesign } from '@legendops/catalog/cabling-design/contract';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { ActProblem } from '../../components/act-problem.tsx';
import { AskFirst } from '../../components/ask-first.tsx';
import { BackLink } from '../../components/back-link.tsx';
import { Button } from '../../components/button.tsx';
import { useKept } from '../../components/draft-form.tsx';
import { ExportButton } from '../../components/export-button.tsx';
import { Page } from '../../components/page.tsx';
import { PageView } from '../../components/page-view.tsx';
import { designById } from '../../lib/queries/cabling.ts';
import { customerById } from '../../lib/queries/customers.ts';
import type { PageProps } from '../../lib/router/addresses.ts';
import { useRouting } from '../../lib/router/router.tsx';
import { useMay } from '../../lib/session.ts';
import { BillSection } from './bill-section.tsx';
import { useChangeDesign, useRemoveDesign, useSaveDesign } from './design-acts.ts';
import { DesignDialog } from './design-dialog.tsx';
import { LinksSection } from './links-section.tsx';
import { PathwaysSection } from './pathways-section.tsx';
import { PowerSection } from './power-section.tsx';
import { Recalculation } from './recalculation.tsx';
import { WarningsSection } from './warnings-section.tsx';

export const DesignPage = ({ params: { designId } }: PageProps<'/cabling/$designId'>) => (
  <PageView query={useQuery(designById(designId))} title="Cabling design">
    {(design) => <DesignView design={design} />}
  </PageView>
);

const DesignView = ({ design }: { design: CablingDesign }) => {
  const mayWrite = useMay('cabling-design.write');
  const isPriced = useMay('price-list.read');
  const paper = useSaveDesign(design, 'pdf');
  const bill = useSaveDesign(design, 'bill');
  const links = useSaveDesign(design, 'links');
  return (
    <Page
      title={design.name}
      about={
        <span className="flex flex-wrap gap-x-3 gap-y-1">
          <BackLink to="/cabling">Back to list</BackLink>
          {design.customerId !== null && <CustomerName customerId={design.customerId} />}
          {isPriced && <span>{design.isPublished ? 'Published' : 'Internal'}</span>}
        </span>
      }
      actions={
        <>
          {mayWrite && <ChangeDesign design={design} />}
          <ExportButton saving={paper}>Export PDF</ExportButton>
          <ExportButton saving={bill}>Export bill</ExportButton>
          <ExportButton saving={links}>Export links</ExportButton>
        </>
      }
    >
      <ActProblem error={paper.error ?? bill.error ?? links.error} />
      <WarningsSection design={design} />
      <LinksSection design={design} mayWrite={mayWrite} />
      <PathwaysSection design={design} mayWrite={mayWrite} />
      <PowerSection design={design} mayWrite={mayWrite} />
      <BillSection design={design} mayWrite={mayWrite} isPriced={isPriced} />
      {mayWrite && <Recalculation design={design} />}
    </Page>
  );
};

const CustomerName = ({ customerId }: { customerId: string }) => {
  const { data: customer } = useQuery(customerById(customerId));
  return <span>{customer === undefined ? '' : `For ${customer.name}`}</span>;
};

const ChangeDesign = ({ design }: { design: CablingDesign }) => {
  const draft = `cabling.change ${design.id}`;
  const [seen, setSeen] = useState(useKept(draft) ? design : null);
  const { navigate } = useRouting();
  const changing = useChangeDesign();
  const removing = useRemoveDesign();
  const close = () => {
    setSeen(null);
    changing.reset();
  };
  return (
    <>
      <Button onClick={() => setSeen(design)}>Change design</Button>
      <AskFirst
        subject={design}
        act={{ ...removing, run: (subject) => removing.run(subject, () => navigate({ to: '/cabling' })) }}
        look="danger"
        renderQuestion={({ name }) => ({
          title: `Remove ${name}?`,
          confirm: 'Remove design',
          look: 'danger',
          body: <p>It is gone with its links and its bill. That it was there stays in the audit trail.</p>,
        })}
      >
        Remove
      </AskFirst>
      {seen !== null && (
        <DesignDialog
          title={`Change ${seen.name}`}
          confirm="Save design"
          draft={draft}
          design={seen}
          act={changing}
          onDesign={(change) => changing.run({ design: seen, change }, close)}
          onClose={close}
        />
      )}
    </>
  );
};
