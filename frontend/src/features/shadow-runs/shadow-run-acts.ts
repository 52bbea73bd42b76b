import { ShadowRun, type NewShadowRun } from '@legendops/billing/shadow-run/contract';
import type { ActKind } from '../../lib/act/perform-act.ts';
import { useAct } from '../../lib/act/use-act.ts';
import { refresh } from '../../lib/cache.ts';
import { shadowRunsPath } from '../../lib/queries/shadow-runs.ts';

const start: ActKind<NewShadowRun, ShadowRun> = {
  request: (body) => ({ method: 'POST', path: shadowRunsPath, body }),
  answer: ShadowRun,
  done: () => void refresh(shadowRunsPath),
  refused: () => void refresh(shadowRunsPath),
};

/** Compares a past month with QuickBooks, which takes some seconds. */
export const useStartShadowRun = () => useAct(start);
