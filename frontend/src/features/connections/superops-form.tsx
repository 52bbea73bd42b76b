import { SuperOpsRegion, type SuperOpsConnection } from '@legendops/portal/superops/contract';
import { ActProblem } from '../../components/act-problem.tsx';
import { Button } from '../../components/button.tsx';
import { CancelEdit } from '../../components/cancel-edit.tsx';
import { DraftForm } from '../../components/draft-form.tsx';
import { SelectField, TextField } from '../../components/fields.tsx';
import { textOf } from '../../components/text-of.ts';
import { placeOf } from '../../lib/problem.ts';
import { regionWords } from './region-words.ts';
import type { useConnectSuperOps } from './superops-acts.ts';

export const superOpsDraft = 'connection.superops';

interface SuperOpsFormProps {
  act: ReturnType<typeof useConnectSuperOps>;
  /** The account that was connected before. */
  known: SuperOpsConnection | undefined;
  onConnected: () => void;
  /** Where a connection is replaced, and stays as it is. */
  onCancel: (() => void) | undefined;
}

/** Asks for what a service user of SuperOps has. */
export const SuperOpsForm = ({ act, known, onConnected, onCancel }: SuperOpsFormProps) => (
  <DraftForm
    name={superOpsDraft}
    act={act}
    onSubmit={(form) =>
      act.run(
        {
          region: SuperOpsRegion.options.find((one) => one === textOf(form, 'region')) ?? 'us',
          subdomain: textOf(form, 'subdomain').trim().toLowerCase(),
          token: textOf(form, 'token').trim(),
        },
        onConnected,
      )
    }
  >
    <SelectField
      label="Data centre"
      name="region"
      defaultValue={known?.region}
      error={placeOf(act.error, 'region')}
      hint="The one that you sign in to SuperOps at."
    >
      {SuperOpsRegion.options.map((region) => (
        <option key={region} value={region}>
          {regionWords[region]}
        </option>
      ))}
    </SelectField>
    <TextField
      label="Subdomain"
      name="subdomain"
      defaultValue={known?.subdomain}
      required
      maxLength={63}
      error={placeOf(act.error, 'subdomain')}
      hint="In SuperOps under Settings, MSP Information."
    />
    <TextField
      label="API token"
      name="token"
      type="password"
      autoComplete="new-password"
      required
      maxLength={4_000}
      error={placeOf(act.error, 'token')}
      hint="Of a user made for this alone: a user has one token, and a new one ends it. Kept in a vault; nobody can read it here again."
    />
    <ActProblem error={act.error} />
    <div className="flex gap-2">
      <Button type="submit" look="primary" pending={act.pending}>
        Connect SuperOps
      </Button>
      {onCancel && <CancelEdit onCancel={onCancel} />}
    </div>
  </DraftForm>
);
