import type { PriceRule } from '@legendops/billing/price-rule/contract';
import { CalendarX2 } from 'lucide-react';
import { useState } from 'react';
import { Button } from '../../components/button.tsx';
import { DialogSubmit } from '../../components/dialog-submit.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { DraftForm } from '../../components/draft-form.tsx';
import { TextField } from '../../components/fields.tsx';
import { useEndPriceRule } from './price-acts.ts';
import { ruleWords } from './rule-words.ts';

const EndRuleDialog = ({ rule, onClose }: { rule: PriceRule; onClose: () => void }) => {
  const ending = useEndPriceRule();
  return (
    <Dialog title={`End ${ruleWords(rule)}`} act={ending} onClose={onClose}>
      <DraftForm
        name={`price-rule.end ${rule.id}`}
        act={ending}
        onSubmit={(form) => {
          const validTo = form.get('validTo');
          if (typeof validTo === 'string') ending.run({ rule, validTo }, onClose);
        }}
      >
        <TextField
          label="First day without it"
          name="validTo"
          type="date"
          required
          min={rule.validFrom}
          hint="What it priced before that day stays as it is."
        />
        <DialogSubmit act={ending}>End rule</DialogSubmit>
      </DraftForm>
    </Dialog>
  );
};

export const EndRule = ({ rule }: { rule: PriceRule }) => {
  const [seen, setSeen] = useState<PriceRule | null>(null);
  return (
    <>
      {rule.acts.end.may && (
        <Button look="quiet" aria-label={`End rule ${ruleWords(rule)}`} onClick={() => setSeen(rule)}>
          <CalendarX2 aria-hidden />
        </Button>
      )}
      {seen && <EndRuleDialog rule={seen} onClose={() => setSeen(null)} />}
    </>
  );
};
