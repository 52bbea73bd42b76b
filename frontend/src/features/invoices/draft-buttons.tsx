import type { InvoiceDetail } from '@legendops/billing/contract';
import { CirclePause, CirclePlay, Undo2, X } from 'lucide-react';
import { AskFirst } from '../../components/ask-first.tsx';
import { SelectField, TextField } from '../../components/fields.tsx';
import { placeOf } from '../../lib/problem.ts';
import { DecideButton, textIn } from './decide-dialog.tsx';
import { useDecision, type Deciding } from './invoice-acts.ts';
import { InvoiceInBrief } from './invoice-in-brief.tsx';

/** What else a person does with a draft, or takes back of an invoice that is not sent. */
export const DraftButtons = ({ invoice }: { invoice: InvoiceDetail }) => (
  <>
    <Hold invoice={invoice} />
    <Release invoice={invoice} />
    <Reject invoice={invoice} />
    <TakeBack invoice={invoice} />
  </>
);

const Hold = ({ invoice }: { invoice: InvoiceDetail }) => (
  <DecideButton
    invoice={invoice}
    act="hold"
    offered={invoice.acts.hold.may && invoice.decision === null}
    title="Hold this draft?"
    confirm="Hold draft"
    button={
      <>
        <CirclePause aria-hidden />
        Hold
      </>
    }
    body={(form) => (textIn(form, 'until') === '' ? {} : { until: textIn(form, 'until') })}
    renderFields={(error) => (
      <>
        <p>Nobody approves it until then. Runs go on bringing its lines up to date.</p>
        <TextField
          label="Until"
          name="until"
          type="date"
          error={placeOf(error, 'until')}
          hint="Leave it empty to hold it until somebody releases it."
        />
      </>
    )}
  />
);

const Release = ({ invoice }: { invoice: InvoiceDetail }) => {
  const releasing = useDecision();
  const subject: Deciding = { invoice, act: 'release' };
  return (
    <AskFirst
      subject={subject}
      offered={invoice.acts.release.may}
      act={releasing}
      renderQuestion={({ invoice: seen }) => ({
        title: 'Release this draft?',
        confirm: 'Release draft',
        body: (
          <>
            <InvoiceInBrief invoice={seen} />
            <p>It can be approved again.</p>
          </>
        ),
      })}
    >
      <CirclePlay aria-hidden />
      Release
    </AskFirst>
  );
};

const Reject = ({ invoice }: { invoice: InvoiceDetail }) => (
  <DecideButton
    invoice={invoice}
    act="rejection"
    offered={invoice.acts.reject.may}
    title="Reject this draft?"
    confirm="Reject draft"
    look="danger"
    button={
      <>
        <X aria-hidden />
        Reject
      </>
    }
    body={(form, { contentHash }) => ({
      contentHash,
      things: textIn(form, 'things') === 'left' ? 'left' : 'anew',
    })}
    renderFields={() => (
      <SelectField
        label="What it bills"
        name="things"
        hint="Drafted anew: without what persons have changed, by the next run. Not billed: the amount stays on the worklist until somebody dismisses it."
      >
        <option value="anew">is drafted anew</option>
        <option value="left">is not billed</option>
      </SelectField>
    )}
  />
);

const TakeBack = ({ invoice }: { invoice: InvoiceDetail }) => (
  <DecideButton
    invoice={invoice}
    act="taking-back"
    offered={invoice.acts.takeBack.may}
    title={invoice.status === 'rejected' ? 'Take the rejection back?' : 'Take the approval back?'}
    confirm="Take back"
    button={
      <>
        <Undo2 aria-hidden />
        Take back
      </>
    }
    body={() => ({})}
    renderFields={() => (
      <p>It is a draft again, and is approved anew. Once it is sent to QuickBooks this is not possible.</p>
    )}
  />
);
