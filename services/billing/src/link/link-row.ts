import { sql } from '@legendops/kit/db/sql';
import type { LinkKind, LinkOrigin } from './contract.ts';

export interface LinkRow {
  id: string;
  realm_id: string;
  kind: LinkKind;
  customer_id: string | null;
  product_id: string | null;
  currency: string | null;
  /** Null until QuickBooks has made it. */
  remote_id: string | null;
  remote_name: string;
  origin: LinkOrigin;
  gone_at: string | null;
  version: number;
}

export const linkColumns = sql`id, realm_id, kind, customer_id, product_id, currency, remote_id, remote_name, origin, gone_at,
  version`;

/** What a link is for: a customer in a currency, a product of a customer, all of them. */
export interface LinkSubject {
  realmId: string;
  kind: LinkKind;
  customerId: string | null;
  productId: string | null;
  currency: string | null;
}

export const ofSubject = ({ realmId, kind, customerId, productId, currency }: LinkSubject) => sql`
  realm_id = ${realmId} and kind = ${kind} and customer_id is not distinct from ${customerId}::uuid
    and product_id is not distinct from ${productId}::uuid and currency is not distinct from ${currency}`;
