import type { PriceRule } from '@legendops/billing/price-rule/contract';
import { Trash2 } from 'lucide-react';
import { AskFirst } from '../../components/ask-first.tsx';
import { useRemovePriceRule } from './price-acts.ts';
import { ruleWords } from './rule-words.ts';

export const RemoveRule = ({ rule }: { rule: PriceRule }) => (
  <AskFirst
    subject={rule}
    act={useRemovePriceRule()}
    look="quiet"
    label={`Remove rule ${ruleWords(rule)}`}
    renderQuestion={(seen) => ({
      title: `Remove ${ruleWords(seen)}?`,
      confirm: 'Remove rule',
      look: 'danger',
      body: (
        <p>
          <strong>{ruleWords(seen)}</strong> no longer counts for coming invoices. Invoices that are approved or posted
          stay as they are.
        </p>
      ),
    })}
  >
    <Trash2 aria-hidden />
  </AskFirst>
);
