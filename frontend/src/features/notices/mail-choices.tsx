import { MailDelivery, type MailChoices as Choices, type NoticeSettings } from '@legendops/billing/notice/contract';
import { ActProblem } from '../../components/act-problem.tsx';
import { Button } from '../../components/button.tsx';
import { DraftForm } from '../../components/draft-form.tsx';
import { SelectField } from '../../components/fields.tsx';
import { Notice } from '../../components/notice.tsx';
import { textOf } from '../../components/text-of.ts';
import { useChooseMail } from './notice-acts.ts';
import { deliveryWords, kindWords } from './notice-words.ts';

/** What whoever is signed in gets by mail, and when. */
export const MailChoices = ({ mail }: Pick<NoticeSettings, 'mail'>) => {
  const choosing = useChooseMail();
  const chosen = (form: FormData): Choices =>
    Object.fromEntries(
      mail.map(({ kind, delivery }) => [
        kind,
        MailDelivery.options.find((one) => one === textOf(form, kind)) ?? delivery,
      ]),
    ) as Choices;
  return (
    <DraftForm name="notices.mail" act={choosing} onSubmit={(form) => choosing.run(chosen(form))}>
      <div className="grid items-start gap-3 sm:grid-cols-2 lg:grid-cols-3">
        {mail.map(({ kind, delivery }) => (
          <SelectField
            key={kind}
            label={kindWords[kind].name}
            name={kind}
            defaultValue={delivery}
            hint={kindWords[kind].hint}
          >
            {MailDelivery.options.map((one) => (
              <option key={one} value={one}>
                {deliveryWords[one]}
              </option>
            ))}
          </SelectField>
        ))}
      </div>
      <ActProblem error={choosing.error} />
      {choosing.done && <Notice tone="ok" title="Saved: it holds from the next mail on" />}
      <div>
        <Button type="submit" pending={choosing.pending}>
          Save choices
        </Button>
      </div>
    </DraftForm>
  );
};
