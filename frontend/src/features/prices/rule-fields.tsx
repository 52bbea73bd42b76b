import type { PriceRuleKind } from '@legendops/billing/price-rule/contract';
import { useId } from 'react';
import { controlClass, SelectField, TextField } from '../../components/fields.tsx';
import { termWords } from './rule-words.ts';

export const kindWords: Record<PriceRuleKind, string> = {
  markup: 'Markup on cost',
  margin: 'Margin of the price',
  fixed: 'Fixed price a unit',
  flat: 'Fixed price in all',
  volume: 'Tiers: all units at the reached price',
  graduated: 'Tiers: each at its own price',
  free: 'Free of charge',
};

export type Wrong = Partial<Record<string, string>>;

interface Of {
  kind: PriceRuleKind;
  wrong: Wrong;
  currency: string;
}

const Percent = ({ name, label, wrong }: { name: string; label: string; wrong: Wrong }) => (
  <TextField key={name} label={label} name={name} inputMode="decimal" required error={wrong[name]} />
);

const Tiers = ({ error }: { error: string | undefined }) => {
  const id = useId();
  return (
    <div className="flex min-w-0 flex-col gap-1">
      <label htmlFor={id} className="font-medium">
        Tiers
      </label>
      <textarea
        id={id}
        name="tiers"
        rows={4}
        required
        aria-describedby={`${id}-hint`}
        aria-invalid={error !== undefined}
        placeholder={'10, 10.00\n50, 8.00\nabove, 6.00'}
        className={`${controlClass} h-auto py-1.5`}
      />
      <p id={`${id}-hint`} className={`text-caption ${error === undefined ? 'text-muted' : 'text-bad'}`}>
        {error ?? 'One a line: up to how many, price a unit and, where there is one, a fee for reaching it.'}
      </p>
    </div>
  );
};

const PriceOf = ({ kind, wrong }: Omit<Of, 'currency'>) => {
  if (kind === 'markup') return <Percent name="markupPercent" label="Markup in percent" wrong={wrong} />;
  if (kind === 'margin') return <Percent name="marginPercent" label="Margin in percent of the price" wrong={wrong} />;
  if (kind === 'volume' || kind === 'graduated') return <Tiers error={wrong['tiers']} />;
  if (kind === 'free') return null;
  return (
    <TextField
      key="unitPrice"
      label={kind === 'fixed' ? 'Price a unit' : 'Price in all'}
      name="unitPrice"
      inputMode="decimal"
      required
      error={wrong['unitPrice']}
    />
  );
};

/** What a kind of rule asks for, and the currency of its amounts. */
export const PriceFields = ({ kind, wrong, currency }: Of) => (
  <div className="grid grid-cols-[1fr_6rem] items-start gap-3">
    <PriceOf kind={kind} wrong={wrong} />
    {kind !== 'free' && (
      <TextField label="Currency" name="currency" defaultValue={currency} required error={wrong['currency']} />
    )}
  </div>
);

const isOfCost = (kind: PriceRuleKind): boolean => kind === 'markup' || kind === 'margin';

/** What few rules have: a discount, a least, a setup. */
export const Conditions = ({ kind, wrong }: Omit<Of, 'currency'>) => {
  const field = (name: string, label: string, hint?: string) => (
    <TextField label={label} name={name} inputMode="decimal" hint={hint} error={wrong[name]} />
  );
  return (
    <details>
      <summary className="cursor-pointer font-medium">Discount, minimum, setup</summary>
      <div className="mt-3 grid grid-cols-2 items-start gap-3">
        {field('discountPercent', 'Discount in percent')}
        {field('minimum', 'Minimum a month', 'Before tax, after discount.')}
        {field('setup', 'Setup', 'Once, when a subscription begins.')}
        {isOfCost(kind) && (
          <>
            {field('floorPrice', 'Least price a unit', 'A month’s, unless a term is chosen above.')}
            {field('floorMargin', 'Least above cost a unit', 'A month’s, as well.')}
            <SelectField label="Rounding" name="rounding">
              <option value="">Once a line</option>
              <option value="unit">The price of each unit</option>
            </SelectField>
          </>
        )}
      </div>
    </details>
  );
};

export const TermField = ({ kind }: { kind: PriceRuleKind }) => (
  <SelectField
    label="Price of"
    name="billingTerm"
    defaultValue={isOfCost(kind) || kind === 'free' ? '' : 'Monthly'}
    hint={!isOfCost(kind) && kind !== 'free' && 'A price for months is never taken for years.'}
  >
    {(isOfCost(kind) || kind === 'free') && <option value="">Any billing term</option>}
    {Object.entries(termWords).map(([term, words]) => (
      <option key={term} value={term}>
        {words}
      </option>
    ))}
  </SelectField>
);
