import { probeAccess } from './access.ts';
import { drainUnderLoad } from './drain.ts';
import { postFirstInvoice } from './first-invoice.ts';
import { killEveryPod } from './kills.ts';
import { tryLimits } from './limits.ts';
import { probeNetwork } from './network.ts';
import type { Platform } from './platform.ts';
import { restartPostgres } from './postgres-restart.ts';
import { seeAllReady, timeStarts, weighImages } from './readiness.ts';
import { rollUnderLoad } from './rollouts.ts';
import type { Seen } from './summary.ts';
import { uninstall } from './uninstall.ts';
import { upgradeAndRollBack } from './upgrade.ts';

interface Part {
  name: string;
  title: string;
  see: (platform: Platform) => Promise<Seen>;
}

/** In the order of a run: each finds the platform as those before it have left it. */
export const parts: readonly Part[] = [
  { name: 'ready', title: 'all pods are ready under restricted', see: seeAllReady },
  { name: 'weights', title: 'images weigh what they may', see: weighImages },
  { name: 'starts', title: 'services start', see: timeStarts },
  { name: 'invoice', title: 'from a Tenant to a posted invoice', see: postFirstInvoice },
  { name: 'limits', title: 'quota and limits hold', see: tryLimits },
  { name: 'access', title: 'service accounts may what is written', see: probeAccess },
  { name: 'network', title: 'policies hold what the table says', see: probeNetwork },
  { name: 'rollouts', title: 'rolling updates under load', see: rollUnderLoad },
  { name: 'postgres', title: 'PostgreSQL is started anew', see: restartPostgres },
  { name: 'kills', title: 'every pod is killed', see: killEveryPod },
  { name: 'upgrade', title: 'upgrade and rollback keep data', see: upgradeAndRollBack },
  { name: 'drain', title: 'a drain keeps to budgets', see: drainUnderLoad },
  { name: 'uninstall', title: 'uninstall leaves definitions and data', see: uninstall },
];
