import type { Lifecycle, Product } from '@legendops/catalog/contract';
import type { Relation } from '@legendops/catalog/relation/contract';
import { CircleCheck, CircleOff, CircleSlash, Library, type LucideIcon } from 'lucide-react';
import { Status, type Tone } from '../../components/status.tsx';

export const lifecycles: Record<Lifecycle, { word: string; tone: Tone; icon: LucideIcon }> = {
  active: { word: 'Active', tone: 'ok', icon: CircleCheck },
  'end-of-sale': { word: 'End of sale', tone: 'warn', icon: CircleSlash },
  'end-of-life': { word: 'End of life', tone: 'quiet', icon: CircleOff },
};

const isLifecycle = (value: string): value is Lifecycle => value in lifecycles;

export const lifecycleWord = (value: string): string => (isLifecycle(value) ? lifecycles[value].word : value);

export const kindWords: Record<Product['kind'], string> = { product: 'Product', service: 'Service' };

export const kindWord = (value: string): string => (value === 'service' ? kindWords.service : kindWords.product);

export const LifecycleState = ({ lifecycle }: Pick<Product, 'lifecycle'>) => {
  const { word, tone, icon } = lifecycles[lifecycle];
  return (
    <Status tone={tone} icon={icon}>
      {word}
    </Status>
  );
};

/** It stands on a product of the platform. */
export const BaseBadge = () => (
  <Status tone="info" icon={Library}>
    From the base catalog
  </Status>
);

/** What a product has to do with another, said of the one that is shown. */
export const relationWords: Record<Relation['kind'], Record<Relation['direction'], string>> = {
  requires: { to: 'Requires', from: 'Required by' },
  compatible: { to: 'Goes with', from: 'Goes with' },
  replaces: { to: 'Replaces', from: 'Replaced by' },
  bundles: { to: 'Contains', from: 'Part of' },
};

export const relationKinds = Object.keys(relationWords) as Relation['kind'][];
