import { api } from '../api.ts';
import { useRunOnce } from './use-act.ts';

/** Saves what an address of the API answers as a file of this name. */
export const useSaveFile = (path: string, name: string) =>
  useRunOnce(async () => {
    const address = URL.createObjectURL(await api.file({ method: 'GET', path }));
    const link = document.createElement('a');
    link.href = address;
    link.download = name;
    link.click();
    URL.revokeObjectURL(address);
  });
