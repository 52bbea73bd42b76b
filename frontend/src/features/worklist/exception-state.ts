import type { BillingException } from '@legendops/billing/contract';

export const exceptionState = ({ isBilled }: Pick<BillingException, 'isBilled'>): string =>
  isBilled ? 'Check' : 'Not billed';
