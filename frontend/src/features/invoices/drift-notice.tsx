import type { BookEntry, Drift } from '@legendops/billing/book-entry/contract';
import type { InvoiceDetail } from '@legendops/billing/contract';
import { useState } from 'react';
import { AskFirst } from '../../components/ask-first.tsx';
import { Button } from '../../components/button.tsx';
import { DialogSubmit } from '../../components/dialog-submit.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { DraftForm } from '../../components/draft-form.tsx';
import { Notice } from '../../components/notice.tsx';
import { BilledAnewField, billsAnewIn } from './billed-anew-field.tsx';
import { useAcceptance, usePostingAnew } from './book-entry-acts.ts';
import { InvoiceInBrief } from './invoice-in-brief.tsx';

const titles: Record<Drift['kind'], string> = {
  deleted: 'Deleted in QuickBooks',
  voided: 'Voided in QuickBooks',
  total: 'Another total in QuickBooks',
  currency: 'Another currency in QuickBooks',
  customer: 'Another customer in QuickBooks',
  number: 'Another number in QuickBooks',
  lines: 'Other lines in QuickBooks',
};

interface DriftProps {
  invoice: InvoiceDetail;
  entry: BookEntry;
}

/** What a person has changed of it in QuickBooks: as it was posted, as it is, and what to do. */
export const DriftNotice = ({ invoice, entry }: DriftProps) => {
  const { drift, acts } = entry;
  if (drift === null) return null;
  return (
    <Notice
      tone="warn"
      title={titles[drift.kind]}
      action={
        <div className="flex flex-wrap gap-2">
          {acts.accept.may && <AcceptButton invoice={invoice} drift={drift} />}
          {acts.postAnew.may && <PostAnewButton invoice={invoice} drift={drift} />}
        </div>
      }
    >
      <dl className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-4">
        <dt className="text-muted">Posted</dt>
        <dd className="break-words">{drift.was}</dd>
        <dt className="text-muted">In QuickBooks</dt>
        <dd className="break-words">{drift.is}</dd>
      </dl>
      <p>Next step: {drift.nextStep}.</p>
    </Notice>
  );
};

interface ActProps {
  invoice: InvoiceDetail;
  drift: Drift;
}

const AcceptButton = ({ invoice, drift }: ActProps) => {
  const [seen, setSeen] = useState<Drift>();
  return (
    <>
      <Button onClick={() => setSeen(drift)}>Confirm change</Button>
      {seen !== undefined && <AcceptDialog invoice={invoice} drift={seen} onClose={() => setSeen(undefined)} />}
    </>
  );
};

const AcceptDialog = ({ invoice, drift, onClose }: ActProps & { onClose: () => void }) => {
  const acceptance = useAcceptance();
  const isGone = drift.kind === 'voided' || drift.kind === 'deleted';
  return (
    <Dialog title="Is it right as it is in QuickBooks?" act={acceptance} onClose={onClose}>
      <DraftForm
        name={`invoice.accept.${invoice.id}`}
        act={acceptance}
        onSubmit={(form) =>
          acceptance.run(
            { invoiceId: invoice.id, acceptance: { seen: drift.seen, billsAnew: billsAnewIn(form) } },
            onClose,
          )
        }
      >
        <InvoiceInBrief invoice={invoice} />
        <p>
          {isGone
            ? 'It is void here from now on, and never posted again.'
            : 'It is told no more, unless somebody changes it once more. Nothing of it is billed or credited by this.'}
        </p>
        {isGone && <BilledAnewField />}
        <DialogSubmit act={acceptance}>Confirm change</DialogSubmit>
      </DraftForm>
    </Dialog>
  );
};

const PostAnewButton = ({ invoice, drift }: ActProps) => {
  const posting = usePostingAnew();
  return (
    <AskFirst
      subject={{ invoiceId: invoice.id, seen: drift.seen }}
      act={posting}
      renderQuestion={() => ({
        title: 'Post it anew?',
        confirm: 'Post once more',
        body: (
          <>
            <InvoiceInBrief invoice={invoice} />
            <p>It is sent once more under another number; the one that is void or deleted stays so.</p>
          </>
        ),
      })}
    >
      Post anew
    </AskFirst>
  );
};
