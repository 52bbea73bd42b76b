import type { ActKind } from '../../lib/act/perform-act.ts';
import { useAct } from '../../lib/act/use-act.ts';
import { dropRow, refresh } from '../../lib/cache.ts';
import { exceptionsPath } from '../../lib/queries/runs.ts';
import { worklistPath } from '../../lib/queries/worklist.ts';

const dismiss: ActKind<string, void> = {
  request: (id) => ({ method: 'POST', path: `${exceptionsPath}/${id}/dismissal` }),
  answer: null,
  done: (_, id) => {
    dropRow(exceptionsPath, id);
    void refresh(worklistPath);
  },
  refused: () => {
    void refresh(exceptionsPath);
    void refresh(worklistPath);
  },
  endsSubject: true,
};

export const useDismissException = () => useAct(dismiss);
