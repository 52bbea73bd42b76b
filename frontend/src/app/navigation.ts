import type { Me } from '@legendops/auth/contract';
import type { Permission } from '@legendops/kit/contract/permissions';
import {
  ArrowLeftRight,
  BellRing,
  Building2,
  Cable,
  Calculator,
  CalendarRange,
  CirclePlay,
  Gauge,
  Ghost,
  History,
  Inbox,
  Link2,
  Package,
  PlugZap,
  ReceiptText,
  Scale,
  Shapes,
  Tags,
  UsersRound,
  type LucideIcon,
} from 'lucide-react';
import type { Path } from '../lib/router/addresses.ts';

/** A page of the navigation; whoever lacks its permission neither sees it nor gets there by its address. */
export interface Place {
  path:
    | '/'
    | '/customers'
    | '/usage'
    | '/invoices'
    | '/periods'
    | '/reconciliation'
    | '/shadow-runs'
    | '/connections'
    | '/links'
    | '/seats'
    | '/prices'
    | '/products'
    | '/stencils'
    | '/cabling'
    | '/calculators'
    | '/runs'
    | '/notices'
    | '/team'
    | '/audit';
  name: string;
  icon: LucideIcon;
  permission: Permission;
  /** Not for the people of one customer, although they hold the permission for their own. */
  staffOnly?: true;
}

const places: readonly Place[] = [
  { path: '/', name: 'Worklist', icon: Inbox, permission: 'run.read' },
  { path: '/customers', name: 'Customers', icon: Building2, permission: 'customer.read', staffOnly: true },
  { path: '/usage', name: 'Usage', icon: Gauge, permission: 'usage.read' },
  { path: '/invoices', name: 'Invoices', icon: ReceiptText, permission: 'invoice.read' },
  { path: '/periods', name: 'Periods', icon: CalendarRange, permission: 'run.read' },
  { path: '/reconciliation', name: 'Reconciliation', icon: Scale, permission: 'cost.read' },
  { path: '/shadow-runs', name: 'Shadow runs', icon: Ghost, permission: 'posting.read' },
  { path: '/connections', name: 'Connections', icon: PlugZap, permission: 'connection.read' },
  { path: '/links', name: 'Links', icon: Link2, permission: 'link.read' },
  { path: '/seats', name: 'Seats', icon: ArrowLeftRight, permission: 'seat-push.read' },
  { path: '/prices', name: 'Prices', icon: Tags, permission: 'price-rule.read' },
  { path: '/products', name: 'Products', icon: Package, permission: 'product.read' },
  { path: '/stencils', name: 'Stencils', icon: Shapes, permission: 'stencil.read' },
  { path: '/cabling', name: 'Cabling', icon: Cable, permission: 'cabling-design.read' },
  { path: '/calculators', name: 'Calculators', icon: Calculator, permission: 'calculator.run' },
  { path: '/runs', name: 'Runs', icon: CirclePlay, permission: 'run.read' },
  { path: '/notices', name: 'Notices', icon: BellRing, permission: 'notice.read' },
  { path: '/team', name: 'Team', icon: UsersRound, permission: 'member.read' },
  { path: '/audit', name: 'Audit', icon: History, permission: 'audit.read' },
];

type Visitor = Pick<Me, 'permissions'> & { member: Pick<Me['member'], 'customerId'> };

export const placesFor = ({ permissions, member }: Visitor): Place[] =>
  places.filter(
    ({ permission, staffOnly }) =>
      permissions.includes(permission) && !(staffOnly === true && member.customerId !== null),
  );

type BelowPlace = `${Exclude<Place['path'], '/'>}/${string}`;

/** The places of pages whose path names none: without one everybody would get to a page, whatever they may see. */
const placeOf: Record<Exclude<Path, Place['path'] | BelowPlace>, Place['path']> = { '/exceptions': '/' };

/** The place that an address belongs to; undefined for an address of no page. */
export const placeAt = (pathname: string): Place | undefined => {
  const named = Object.entries(placeOf).find(([path]) => path === pathname)?.[1] ?? pathname;
  return places.find(({ path }) => named === path || (path !== '/' && named.startsWith(`${path}/`)));
};
