import type { ActingScope } from '@legendops/kit/audit/audit';
import type { Actor } from '@legendops/kit/auth/actor';
import type { Scope } from '@legendops/kit/db/tenant-database';
import type { NewProration, ProrationSetting } from './contract.ts';
import { prorationActs } from './policy.ts';
import type { ProrationRow, ProrationStore } from './store.ts';

export interface ProrationService {
  get(scope: Scope, actor: Actor): Promise<ProrationSetting>;
  change(scope: ActingScope<'proration.changed'>, actor: Actor, wanted: NewProration): Promise<ProrationSetting>;
}

const byActualDays: ProrationRow = { proration: 'actual', valid_from: '2000-01-01' };

const present = ({ proration, valid_from: validFrom }: ProrationRow, actor: Actor): ProrationSetting => ({
  proration,
  validFrom,
  acts: prorationActs(actor),
});

export const prorationService = (store: ProrationStore): ProrationService => ({
  get: async (scope, actor) => present((await store.newest(scope)) ?? byActualDays, actor),
  change: async (scope, actor, { proration, validFrom }) =>
    present(await store.change(scope, { proration, valid_from: validFrom }), actor),
});
