import type { Connection } from '@legendops/billing/contract';

export const vendorNames: Record<Connection['vendor'], string> = { pax8: 'Pax8', quickbooks: 'QuickBooks' };
