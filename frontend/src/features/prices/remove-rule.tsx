import type { PriceRule } from '@legendops/billing/contract';
import { Trash2 } from 'lucide-react';
import { useState } from 'react';
import { Button } from '../../components/button.tsx';
import { ConfirmDialog } from '../../components/confirm-dialog.tsx';
import { useRemovePriceRule } from './price-acts.ts';
import { ruleWords } from './rule-words.ts';

export const RemoveRule = ({ rule }: { rule: PriceRule }) => {
  const [open, setOpen] = useState(false);
  const removal = useRemovePriceRule();
  const close = () => {
    setOpen(false);
    removal.reset();
  };
  return (
    <>
      <Button look="quiet" aria-label={`Remove rule ${ruleWords(rule)}`} onClick={() => setOpen(true)}>
        <Trash2 aria-hidden />
      </Button>
      {open && (
        <ConfirmDialog
          title={`Remove ${ruleWords(rule)}?`}
          confirm="Remove rule"
          look="danger"
          act={removal}
          onConfirm={() => removal.mutate(rule)}
          onClose={close}
        >
          <p>
            <strong>{ruleWords(rule)}</strong> no longer counts for coming invoices. Invoices that are approved or
            posted stay as they are.
          </p>
        </ConfirmDialog>
      )}
    </>
  );
};
