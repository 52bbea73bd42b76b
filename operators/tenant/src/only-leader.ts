import type { KubeClient } from '@legendops/operator-runtime/client/kube-client';
import { onlyWhile } from '@legendops/operator-runtime/lease/only-while';
import type { Provisioners } from './postgres/provisioners.ts';
import type { TenantVault } from './vault/tenant-vault.ts';

/** What the operator writes to. */
export interface Outside {
  kube: KubeClient;
  provisioners: Provisioners;
  vault: TenantVault;
}

/** The same, refusing every write of a process that does not lead, or was paused past its lease. */
export const onlyLeader = (leads: () => boolean, { kube, provisioners, vault }: Outside): Outside => ({
  kube: onlyWhile(leads, kube, ['create', 'apply', 'update', 'mergePatch', 'remove']),
  provisioners: onlyWhile(leads, provisioners, ['on']),
  vault: onlyWhile(leads, vault, ['begin', 'markCurrent', 'disable', 'reopen', 'remove']),
});
