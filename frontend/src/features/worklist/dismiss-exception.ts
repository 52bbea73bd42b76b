import { useMutation, useQueryClient } from '@tanstack/react-query';
import { api } from '../../lib/api.ts';
import { exceptionsPath } from '../../lib/queries/runs.ts';
import { worklistPath } from '../../lib/queries/worklist.ts';

export const useDismissException = () => {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => api.send({ method: 'POST', path: `${exceptionsPath}/${id}/dismissal` }),
    onSettled: () =>
      Promise.all([exceptionsPath, worklistPath].map((path) => queries.invalidateQueries({ queryKey: [path] }))),
  });
};
