import type { Proration, ProrationSetting as Setting } from '@legendops/billing/proration/contract';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Button } from '../../components/button.tsx';
import { DialogSubmit } from '../../components/dialog-submit.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { DraftForm } from '../../components/draft-form.tsx';
import { SelectField, TextField } from '../../components/fields.tsx';
import { formatMonth } from '../../lib/calendar.ts';
import { proration } from '../../lib/queries/proration.ts';
import { useChangeProration } from './price-acts.ts';

const words: Record<Proration, string> = {
  actual: 'by the actual days of the month',
  'thirty-actual': 'by actual days of 30',
  'thirty-360': 'by months of 30 days',
};

const isProration = (text: string): text is Proration => text in words;

const ProrationDialog = ({ setting, onClose }: { setting: Setting; onClose: () => void }) => {
  const changing = useChangeProration();
  return (
    <Dialog title="Count days in another way" act={changing} onClose={onClose}>
      <DraftForm
        name="proration.change"
        act={changing}
        onSubmit={(form) => {
          const [wanted, month] = [form.get('proration'), form.get('month')];
          if (typeof wanted === 'string' && isProration(wanted) && typeof month === 'string')
            changing.run({ proration: wanted, validFrom: `${month}-01` }, onClose);
        }}
      >
        <SelectField
          label="Part of a month"
          name="proration"
          defaultValue={setting.proration}
          hint="A whole month is its whole price in every way."
        >
          {Object.entries(words).map(([name, said]) => (
            <option key={name} value={name}>
              {said}
            </option>
          ))}
        </SelectField>
        <TextField
          label="From the month"
          name="month"
          type="month"
          required
          pattern="\d{4}-\d{2}"
          placeholder="2026-12"
          hint="One since which no invoice is approved."
        />
        <DialogSubmit act={changing}>Save</DialogSubmit>
      </DraftForm>
    </Dialog>
  );
};

const always = '2000-01-01';

/** How a part of a month is priced, and who may, the way to change it. */
export const ProrationSetting = () => {
  const { data: setting } = useQuery(proration);
  const [seen, setSeen] = useState<Setting | null>(null);
  if (!setting) return null;
  return (
    <p className="mt-4 flex flex-wrap items-center gap-2 text-muted">
      <span>
        A part of a month is priced {words[setting.proration]}
        {setting.validFrom > always && ` from ${formatMonth(setting.validFrom)}`}.
      </span>
      {setting.acts.change.may && (
        <Button look="quiet" onClick={() => setSeen(setting)}>
          Change
        </Button>
      )}
      {seen && <ProrationDialog setting={seen} onClose={() => setSeen(null)} />}
    </p>
  );
};
