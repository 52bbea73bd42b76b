import type { InvoiceDetail } from '@legendops/billing/contract';
import { SuperOpsChoice, type NewSuperOpsChoice } from '@legendops/billing/second-biller/contract';
import { useState } from 'react';
import { Button } from '../../components/button.tsx';
import { DialogSubmit } from '../../components/dialog-submit.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { DraftForm, useKept } from '../../components/draft-form.tsx';
import { SelectField } from '../../components/fields.tsx';
import { textOf } from '../../components/text-of.ts';
import type { ActKind } from '../../lib/act/perform-act.ts';
import { useAct } from '../../lib/act/use-act.ts';
import { refresh } from '../../lib/cache.ts';
import { formatPeriod } from '../../lib/calendar.ts';
import { invoicesPath } from '../../lib/queries/invoices.ts';
import { superOpsChoicesPath } from '../../lib/queries/superops-choices.ts';
import { InvoiceInBrief } from './invoice-in-brief.tsx';

const readAgain = () => void Promise.all([refresh(invoicesPath), refresh(superOpsChoicesPath)]);

const choose: ActKind<NewSuperOpsChoice, SuperOpsChoice> = {
  request: (body) => ({ method: 'PUT', path: superOpsChoicesPath, body }),
  answer: SuperOpsChoice,
  done: readAgain,
  refused: readAgain,
};

/** Says that we and SuperOps bill this customer different things, and posts what waited for that. */
export const PostHereTooButton = ({ invoice }: { invoice: InvoiceDetail }) => {
  const draft = `invoice.here-too.${invoice.id}`;
  const [open, setOpen] = useState(useKept(draft));
  const waits = invoice.status === 'failed' && invoice.posting?.code === 'superops-invoices-too';
  return (
    <>
      {waits && invoice.acts.post.may && <Button onClick={() => setOpen(true)}>Post here, too</Button>}
      {open && <PostHereToo invoice={invoice} draft={draft} onClose={() => setOpen(false)} />}
    </>
  );
};

interface PostHereTooProps {
  invoice: InvoiceDetail;
  draft: string;
  onClose: () => void;
}

const PostHereToo = ({ invoice, draft, onClose }: PostHereTooProps) => {
  const { customerId, customerName, periodStart, periodEnd } = invoice;
  const choosing = useAct(choose);
  return (
    <Dialog title="Post here, too?" act={choosing} onClose={onClose}>
      <DraftForm
        name={draft}
        act={choosing}
        onSubmit={(form) =>
          choosing.run({ customerId, period: textOf(form, 'months') === 'all' ? null : periodStart }, onClose)
        }
      >
        <InvoiceInBrief invoice={invoice} />
        <p>
          SuperOps invoices {customerName}, too. Go on only if the two bill different things: otherwise your customer
          pays twice.
        </p>
        <SelectField
          label="This holds for"
          name="months"
          hint="One month: you are asked again if SuperOps writes another invoice for it. Every month: nobody is asked until you press “Take back” under “Links”."
        >
          <option value="one">{formatPeriod(periodStart, periodEnd)}</option>
          <option value="all">every month</option>
        </SelectField>
        <DialogSubmit act={choosing}>Post here, too</DialogSubmit>
      </DraftForm>
    </Dialog>
  );
};
