import { problem, type Problem } from '@legendops/kit/errors/problem';
import type { Vendor } from '../contract.ts';

interface VendorFacts {
  name: string;
  /** What its accounts are known by in the world: each of them belongs to one tenant. */
  accountKinds: readonly [Vendor, ...`${Vendor}-${string}`[]];
  /** Why a connection has to be made again that the vendor no longer takes. */
  refused: string;
  /** Why nothing is asked of an account whose subscription has ended, and what to do. */
  lapsed: string;
}

/** What differs from vendor to vendor and is no program. */
export const vendors = {
  pax8: {
    name: 'Pax8',
    accountKinds: ['pax8', 'pax8-company'],
    refused: 'Pax8 no longer accepts these credentials',
    lapsed: 'The account at Pax8 has ended: renew it, then press “Connect Pax8”',
  },
  quickbooks: {
    name: 'QuickBooks',
    accountKinds: ['quickbooks'],
    refused: 'QuickBooks no longer accepts this connection',
    lapsed: 'The QuickBooks subscription of this company has ended: renew it, then press “Connect QuickBooks”',
  },
} as const satisfies Record<Vendor, VendorFacts>;

export type AccountKind = (typeof vendors)[Vendor]['accountKinds'][number];

export const connectionMissing = (vendor: Vendor): Problem =>
  problem('connection.missing', { detail: `Press “Connect ${vendors[vendor].name}” under “Connections”` });
